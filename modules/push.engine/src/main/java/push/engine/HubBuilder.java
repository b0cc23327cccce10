package push.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import push.api.Publisher;
import push.engine.spi.EventLog;
import push.engine.spi.LogContext;

/** Builds a {@link Hub}. For one thread, and one hub. */
public final class HubBuilder {

    private final HubConfig config;
    private final List<HubObserver> observers = new ArrayList<>();
    private WireFormat wireFormat = new NoWireFormat();
    private EngineRuntime runtime = EngineRuntime.system();
    private String logName = "memory";
    private String version = "";
    private Map<String, String> logSettings = Map.of();
    private @Nullable EventLog log;
    private @Nullable EventTracer tracer;

    HubBuilder(HubConfig config) {
        this.config = config;
    }

    /**
     * Selects the log.
     *
     * @param name the name of a log, as {@code push.log} has it
     * @param settings the settings below {@code push.<name>}, by the rest of their key
     */
    public HubBuilder log(String name, Map<String, String> settings) {
        logName = name;
        logSettings = settings;
        return this;
    }

    /** Selects a log that is already open. */
    HubBuilder log(EventLog opened) {
        log = opened;
        return this;
    }

    /** Sets the wire format of the hub's events. A transport refuses a hub without one. */
    public HubBuilder wireFormat(WireFormat format) {
        wireFormat = format;
        return this;
    }

    /** Sets the version of the software, which the hubs of one log tell each other. */
    public HubBuilder version(String text) {
        version = text;
        return this;
    }

    /** Selects the clocks and threads. */
    public HubBuilder runtime(EngineRuntime other) {
        runtime = other;
        return this;
    }

    /** Adds an observer. Each observer hears of everything, in the order in which they were added. */
    public HubBuilder observe(HubObserver observer) {
        observers.add(observer);
        return this;
    }

    /** Has the events traced. */
    public HubBuilder trace(EventTracer other) {
        tracer = other;
        return this;
    }

    /**
     * Returns true if the events of the selected log outlive this process.
     *
     * @throws IllegalArgumentException as {@link #open}
     */
    public boolean logOutlivesTheProcess() {
        return openedLog().outlivesTheProcess();
    }

    private EventLog openedLog() {
        EventLog opened = log == null ? EventLogs.open(logName, context()) : log;
        log = opened;
        return opened;
    }

    /**
     * Opens the hub, and starts it.
     *
     * @throws IllegalArgumentException if there is no log with this name, or if a setting of the log is invalid
     */
    public Hub open() {
        EventLog opened = openedLog();
        HubObserver observer = new Observers(observers);
        EventTracer traces = tracer;
        if (traces == null) {
            return new Hub(config, wireFormat, runtime, opened, observer, UnaryOperator.identity()).start();
        }
        UnaryOperator<Publisher> traced = publisher -> new TracedPublisher(publisher, traces);
        return new Hub(config, wireFormat, runtime, new TracedLog(opened, traces), observer, traced).start();
    }

    private LogContext context() {
        RetentionConfig retention = config.retention();
        return new LogContext(
                config.node(),
                version,
                logSettings,
                retention.freshnessWindow(),
                retention.ringMaxBytes(),
                retention.invalidations(),
                config.lostTimeout(),
                runtime,
                runtime::start);
    }
}
