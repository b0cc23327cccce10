package http;

import access.Access;
import java.util.Set;
import limits.RequestBudget;

/**
 * The operator's settings for all HTTP calls of a server.
 *
 * @param hosts the names that a request may have in {@code Host}, besides addresses, {@code localhost} and names
 *     without a dot
 * @param access decides which requests are let in
 * @param budget the memory that requests may hold
 * @param observer is notified of each response
 */
public record HttpSettings(Set<String> hosts, Access access, RequestBudget budget, RequestObserver observer) {

    /** Copies the names. */
    public HttpSettings {
        hosts = Set.copyOf(hosts);
    }

    /** Settings that let everybody in, without an observer. */
    public HttpSettings(Set<String> hosts, RequestBudget budget) {
        this(hosts, Access.everybody(), budget, RequestObserver.none());
    }

    /** Settings that let everybody in, without further names, and with the default budget of this process. */
    public static HttpSettings defaults() {
        return new HttpSettings(Set.of(), RequestBudget.of(RequestBudget.defaultBytes()));
    }
}
