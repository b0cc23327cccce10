package push.engine;

import java.time.InstantSource;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import push.engine.spi.EventLog;
import push.engine.spi.EventLogProvider;

/** Opens the log that the configuration selects. */
final class EventLogs {

    private EventLogs() {}

    /** @throws IllegalArgumentException if there is no log of this kind; the message names the available kinds */
    static EventLog open(String kind, InstantSource clock) {
        List<EventLogProvider> providers = ServiceLoader.load(EventLogProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return providers.stream()
                .filter(provider -> provider.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("push.log must be one of "
                        + providers.stream()
                                .map(EventLogProvider::kind)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ", and was \"" + kind + "\""))
                .open(clock);
    }
}
