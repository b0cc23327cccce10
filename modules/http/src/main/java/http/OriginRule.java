package http;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides which {@code Origin} and {@code Sec-Fetch-Site} a request may have: those of this host, or none. */
final class OriginRule {

    /** The request comes from a page of this host, or from a person who typed the address. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private OriginRule() {}

    /**
     * Whether every value is the origin of this host. The scheme is not compared: a server behind a proxy does not know
     * it.
     */
    static boolean isOwn(List<String> origins, Optional<Authority> host) {
        return origins.stream()
                .allMatch(origin -> authority(origin)
                        .filter(own -> host.filter(own::equals).isPresent())
                        .isPresent());
    }

    private static Optional<Authority> authority(String origin) {
        int scheme = origin.indexOf("://");
        String name = scheme < 0 ? "" : origin.substring(0, scheme);
        return name.equalsIgnoreCase("http") || name.equalsIgnoreCase("https")
                ? Authority.parse(origin.substring(scheme + 3))
                : Optional.empty();
    }

    static boolean isOwnSite(List<String> sites) {
        return OWN_SITES.containsAll(sites);
    }
}
