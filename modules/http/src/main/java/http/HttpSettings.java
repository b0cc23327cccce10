package http;

import java.util.Set;
import limits.RequestBudget;

/**
 * What the HTTP calls of a server have in common, and its operator decides.
 *
 * @param hosts names by which the server may be called, beside addresses, {@code localhost} and names without a dot
 * @param budget what requests may hold
 * @param observer told of each answer
 */
public record HttpSettings(Set<String> hosts, RequestBudget budget, RequestObserver observer) {

    /** Copies the names. */
    public HttpSettings {
        hosts = Set.copyOf(hosts);
    }

    /** Without an observer. */
    public HttpSettings(Set<String> hosts, RequestBudget budget) {
        this(hosts, budget, RequestObserver.none());
    }

    /** No further names, and the default budget of this process. */
    public static HttpSettings defaults() {
        return new HttpSettings(Set.of(), RequestBudget.of(RequestBudget.defaultBytes()));
    }
}
