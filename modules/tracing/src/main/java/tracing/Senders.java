package tracing;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Finds what sends over HTTP for OpenTelemetry, which by itself looks on a class path. On a module path it must be
 * asked for by a module that names the service.
 */
final class Senders implements ComponentLoader {

    @Override
    public <T> Iterable<T> load(Class<T> service) {
        return service == HttpSenderProvider.class ? ServiceLoader.load(service) : List.of();
    }
}
