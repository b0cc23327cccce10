package push.engine;

import java.time.InstantSource;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import push.engine.spi.EventLog;
import push.engine.spi.EventLogProvider;

/** Finds the log that the configuration asks for. */
final class EventLogs {

    private EventLogs() {}

    /** @throws IllegalArgumentException when there is none of that kind; the message names those there are */
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
