package http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import limits.ByteBudget;
import limits.Lease;
import limits.RequestBudget;

/**
 * The part of the {@link RequestBudget} that one request holds, from its first byte until it is answered. For the
 * request's own thread.
 *
 * <p>A method that acquires room waits for it for up to {@link RequestBudget#ACQUIRE_TIMEOUT}, and throws a
 * {@link Problem} when there is none: 413 when a lease would never fit into its budget, 503 otherwise.
 */
public final class RequestMemory implements AutoCloseable {

    private final RequestBudget budget;
    private final List<Lease> leases = new ArrayList<>();

    RequestMemory(RequestBudget budget) {
        this.budget = budget;
    }

    /** Returns the memory of a request. */
    static RequestMemory of(ServerRequest request) {
        return request.context().get(RequestMemory.class).orElseThrow();
    }

    /** Adds bytes of the body that are still to arrive from the peer. */
    void addBody(long bytes) {
        if (bytes > RequestBudget.SMALL_BYTES) {
            leases.add(acquire(budget.bodies(), bytes));
        }
    }

    /**
     * Adds the memory that is needed to process the complete request.
     *
     * @return the new lease; the caller may shrink or close it before the request is answered
     */
    public Lease addWork(long bytes) {
        Lease lease = acquire(budget.whole(), bytes);
        leases.add(lease);
        return lease;
    }

    /** Keeps a lease of another budget until the request is answered. */
    void keep(Lease lease) {
        leases.add(lease);
    }

    /** Adds bytes to a lease that {@link #addWork} returned. */
    void grow(Lease lease, long more) {
        requireFits(budget.whole(), lease.bytes() + more);
        try {
            if (!lease.grow(more, RequestBudget.ACQUIRE_TIMEOUT)) {
                throw Problem.overloaded();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.stopped();
        }
    }

    /** Returns how many more bytes a lease that {@link #addWork} returned could have if no other request held any. */
    long roomBeyond(Lease lease) {
        return budget.whole().capacity() - lease.bytes();
    }

    /** Calls the supplier while room for a JSON tree is held. The result must not refer to the tree. */
    <T> T withTree(long bytes, Supplier<T> use) {
        try (Lease _ = acquire(budget.trees(), bytes)) {
            return use.get();
        }
    }

    private static Lease acquire(ByteBudget from, long bytes) {
        requireFits(from, bytes);
        try {
            return from.acquire(bytes, RequestBudget.ACQUIRE_TIMEOUT).orElseThrow(Problem::overloaded);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.stopped();
        }
    }

    private static void requireFits(ByteBudget budget, long bytes) {
        if (bytes > budget.capacity()) {
            throw new Problem(
                    ProblemType.BODY_TOO_LARGE,
                    "the request needs " + bytes + " bytes of memory, and this server allows at most "
                            + budget.capacity() + " for one request; the setting is requests.max-bytes");
        }
    }

    @Override
    public void close() {
        leases.forEach(Lease::close);
        leases.clear();
    }

    /** Creates the memory of each request, and closes it when the request has been answered. */
    record MemoryFilter(RequestBudget budget, ResponseMemory responses) implements Filter {

        @Override
        public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
            try (RequestMemory memory = new RequestMemory(budget)) {
                request.context().register(memory);
                request.context().register(responses);
                chain.proceed();
            }
        }
    }
}
