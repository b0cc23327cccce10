package push.engine;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import push.engine.spi.EventLog;
import push.engine.spi.EventLogProvider;
import push.engine.spi.LogContext;

/** Opens the log that the configuration selects. */
final class EventLogs {

    private EventLogs() {}

    /** @throws IllegalArgumentException if there is no log with this name; the message lists the names of all logs */
    static EventLog open(String name, LogContext context) {
        List<EventLogProvider> providers = ServiceLoader.load(EventLogProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("push.log must be one of "
                        + providers.stream()
                                .map(EventLogProvider::name)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ", but was \"" + name + "\""))
                .open(context);
    }
}
