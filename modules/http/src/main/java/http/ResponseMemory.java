package http;

import io.helidon.webserver.http.ServerRequest;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import limits.ByteBudget;
import limits.Lease;
import limits.RequestBudget;

/**
 * Limits the bytes that the large responses of a server hold together until their peers have read them. Without the
 * limit, a peer that sends many requests and reads no response would fill the heap. When there is no room, the oldest
 * responses that have waited for at least two seconds are aborted until enough is free. Safe for any number of threads.
 *
 * <p>The limit applies to requests without a body. A request with a body has already reserved more than its response
 * takes, and must not be refused after it has been acted on.
 */
public final class ResponseMemory {

    /** The largest response that is not counted, in bytes. It takes less memory than its stream or its connection. */
    static final int SMALL_BYTES = 8 << 10;

    /** The number of copies of a response in memory while it is sent: the handler's, the server's, and the gate's. */
    private static final int COPIES = 3;

    /** How many responses may wait for room after they were made. A higher number would undermine the limit. */
    private static final int MAX_WAITING = 16;

    private static final int SHARE_OF_THE_HEAP = 16;

    private static final long LEAST_BYTES = 8 << 20;

    private final ByteBudget budget;
    private final LongSupplier nanoTime;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private final Set<Sending> inProgress = new LinkedHashSet<>(); // oldest first; guarded by itself

    /**
     * @param bytes how many bytes responses may hold together
     * @param nanoTime the clock, as {@link System#nanoTime}
     */
    ResponseMemory(long bytes, LongSupplier nanoTime) {
        this.budget = ByteBudget.of(bytes);
        this.nanoTime = nanoTime;
    }

    /** Returns a limit of a sixteenth of the heap. */
    static ResponseMemory ofTheHeap() {
        return new ResponseMemory(
                Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP), System::nanoTime);
    }

    /** Marks a request that already holds room for its response. */
    private static final class Reserved {}

    /**
     * Waits for room for a response before the response is created. The room is held until the request has been
     * answered.
     *
     * @param bytes the maximum length of the response
     * @throws Problem 503 when there is no room within {@link RequestBudget#ACQUIRE_TIMEOUT}
     */
    public static void reserve(ServerRequest request, int bytes) {
        Optional<ResponseMemory> memory = request.context().get(ResponseMemory.class);
        if (memory.isPresent() && bytes > SMALL_BYTES) {
            RequestMemory.of(request).keep(memory.get().acquire((long) COPIES * bytes, true));
            request.context().register(new Reserved());
        }
    }

    /**
     * Sends a response while room for it is held.
     *
     * @param send returns once the peer, or the gate in front of it, has accepted the response
     * @throws Problem 503 when there is no room within {@link RequestBudget#ACQUIRE_TIMEOUT}
     */
    static void send(ServerRequest request, int bytes, Runnable send) {
        Optional<ResponseMemory> memory = request.context().get(ResponseMemory.class);
        if (memory.isEmpty() || bytes <= SMALL_BYTES || request.content().hasEntity()) {
            send.run();
        } else if (request.context().get(Reserved.class).isPresent()) {
            memory.get().send((long) COPIES * bytes, send);
        } else {
            try (Lease _ = memory.get().acquire((long) COPIES * bytes, false)) {
                memory.get().send((long) COPIES * bytes, send);
            }
        }
    }

    /** The number of bytes that responses hold now. */
    long held() {
        return budget.held();
    }

    private Lease acquire(long bytes, boolean mayWait) {
        long most = Math.min(bytes, budget.capacity());
        Optional<Lease> lease = budget.tryAcquire(most);
        if (lease.isEmpty()) {
            abortOldest(most);
            if (mayWait) {
                lease = await(most);
            } else if (waiting.tryAcquire()) {
                try {
                    lease = await(most);
                } finally {
                    waiting.release();
                }
            }
        }
        return lease.orElseThrow(Problem::overloaded);
    }

    private Optional<Lease> await(long bytes) {
        try {
            return budget.acquire(bytes, RequestBudget.ACQUIRE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.stopped();
        }
    }

    private void send(long bytes, Runnable send) {
        Sending sending = new Sending(bytes, nanoTime.getAsLong());
        synchronized (inProgress) {
            inProgress.add(sending);
        }
        try {
            send.run();
        } finally {
            synchronized (inProgress) {
                inProgress.remove(sending);
                if (sending.aborted) {
                    Thread.interrupted(); // the thread may do other work next
                }
            }
        }
    }

    /** Interrupts the threads that have been sending for longest, which ends their streams or connections. */
    private void abortOldest(long bytes) {
        long now = nanoTime.getAsLong();
        synchronized (inProgress) {
            Iterator<Sending> oldest = inProgress.iterator();
            long freed = 0;
            while (freed < bytes && oldest.hasNext()) {
                Sending sending = oldest.next();
                if (now - sending.since < RequestBudget.ACQUIRE_TIMEOUT.toNanos()) {
                    return; // all later ones are younger
                }
                sending.aborted = true;
                sending.thread.interrupt();
                freed += sending.bytes;
            }
        }
    }

    /** A response that is being sent. */
    private static final class Sending {

        private final Thread thread = Thread.currentThread();
        private final long bytes;
        private final long since;
        private boolean aborted; // guarded by `inProgress`

        Sending(long bytes, long since) {
            this.bytes = bytes;
            this.since = since;
        }
    }
}
