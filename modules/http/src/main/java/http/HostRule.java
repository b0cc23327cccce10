package http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which {@code Host} a request may have. This prevents DNS rebinding: a site can make its own name resolve to
 * the hub's address, and the browser then treats the hub as the same origin. The {@code Host} of such a request is
 * still the site's name.
 */
final class HostRule {

    private final Set<String> names;

    HostRule(Set<String> names) {
        this.names = names.stream()
                .map(name -> Authority.parse(name)
                        .map(Authority::host)
                        .orElseThrow(() -> new IllegalArgumentException("not a host name: " + Quoted.of(name))))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Parses the host of a request.
     *
     * @param hosts the values of {@code Host}; exactly one is allowed
     * @return empty when there is not exactly one value, or the host is not allowed
     */
    Optional<Authority> allowed(List<String> hosts) {
        return hosts.size() == 1 ? Authority.parse(hosts.getFirst()).filter(this::isAllowed) : Optional.empty();
    }

    private boolean isAllowed(Authority authority) {
        return authority.isLocal() || names.contains(authority.host());
    }
}
