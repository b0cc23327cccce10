package push.tracing;

import java.net.URI;

/**
 * Where spans are sent, and how many of them.
 *
 * @param endpoint the collector's base URL, http or https; {@code /v1/traces} is appended to its path
 * @param service the name of the service in the traces: {@code service.name}
 * @param instance the id of the process in the traces: {@code service.instance.id}
 * @param samplingRatio the recorded fraction of the traces that begin in this process, from 0 to 1. A trace that began
 *     elsewhere is recorded if its origin records it
 * @param deliveryRatio the recorded fraction of the deliveries of recorded events, from 0 to 1
 */
public record TracingConfig(URI endpoint, String service, String instance, double samplingRatio, double deliveryRatio) {

    /** @throws IllegalArgumentException if a value is invalid; the message names the component and the value */
    public TracingConfig {
        String scheme = String.valueOf(endpoint.getScheme());
        if (!(scheme.equals("http") || scheme.equals("https")) || endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    "endpoint must be an http or https URL such as http://127.0.0.1:4318, but was " + endpoint);
        }
        requireRatio("samplingRatio", samplingRatio);
        requireRatio("deliveryRatio", deliveryRatio);
    }

    private static void requireRatio(String name, double ratio) {
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, but was " + ratio);
        }
    }
}
