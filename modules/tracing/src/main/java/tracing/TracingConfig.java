package tracing;

import java.net.URI;

/**
 * Where spans go, and how many.
 *
 * @param endpoint the collector's base address, http or https; {@code /v1/traces} is added to its path
 * @param service what the process is to the collector: {@code service.name}
 * @param instance which of them it is: {@code service.instance.id}
 * @param share of the traces that begin here, how many are recorded, from 0 to 1. A trace that began elsewhere is
 *     recorded if its beginner does
 * @param deliveryShare of the deliveries of recorded events, how many are recorded, from 0 to 1
 */
public record TracingConfig(URI endpoint, String service, String instance, double share, double deliveryShare) {

    /** @throws IllegalArgumentException naming the component that can't be, and what it was */
    public TracingConfig {
        String scheme = String.valueOf(endpoint.getScheme());
        if (!(scheme.equals("http") || scheme.equals("https")) || endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    "endpoint must be an http or https address such as http://127.0.0.1:4318, and was " + endpoint);
        }
        requireShare("share", share);
        requireShare("deliveryShare", deliveryShare);
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, and was " + share);
        }
    }
}
