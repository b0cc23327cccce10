package push.tracing;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Finds the HTTP senders for OpenTelemetry, which itself searches a class path. On a module path, a module that
 * declares that it uses the service must look for them.
 */
final class Senders implements ComponentLoader {

    @Override
    public <T> Iterable<T> load(Class<T> service) {
        return service == HttpSenderProvider.class ? ServiceLoader.load(service) : List.of();
    }
}
