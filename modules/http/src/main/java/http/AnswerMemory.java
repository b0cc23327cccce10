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
 * A bound, in bytes, on what the large answers of a server hold together until their peers have taken them. A peer that
 * asks often and reads nothing would otherwise fill the heap. When there is no room, the answers that have been waiting to
 * be read for two seconds are given up. Safe for any number of threads.
 *
 * <p>It applies to requests without a body. A request with one has reserved more than its answer takes, and must not be
 * refused after it has been acted on.
 */
public final class AnswerMemory {

    /** The largest answer that is not counted, in bytes: it takes less than its stream or its connection. */
    static final int SMALL_BYTES = 8 << 10;

    /** How often each byte of an answer is there while it is sent: the handler's, the server's, and the gate's. */
    private static final int COPIES = 3;

    /** How many answers may wait for room after they were made. More would be a way around the bound. */
    private static final int MAX_WAITING = 16;

    private static final int SHARE_OF_THE_HEAP = 16;

    private static final long LEAST_BYTES = 8 << 20;

    private final ByteBudget budget;
    private final LongSupplier nanoTime;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private final Set<Sending> all = new LinkedHashSet<>(); // the oldest first; guarded by itself

    /**
     * @param bytes what answers may hold together
     * @param nanoTime as {@link System#nanoTime}
     */
    AnswerMemory(long bytes, LongSupplier nanoTime) {
        this.budget = ByteBudget.of(bytes);
        this.nanoTime = nanoTime;
    }

    /** A sixteenth of the heap. */
    static AnswerMemory ofTheHeap() {
        return new AnswerMemory(
                Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP), System::nanoTime);
    }

    /** Marks a request for whose answer room is held. */
    private static final class Expected {}

    /**
     * Waits for room for an answer before it is made; the room is held until the request has been answered.
     *
     * @param bytes the length of the answer at most
     * @throws Problem 503 when there is no room within {@link RequestBudget#PATIENCE}
     */
    public static void expect(ServerRequest request, int bytes) {
        Optional<AnswerMemory> memory = request.context().get(AnswerMemory.class);
        if (memory.isPresent() && bytes > SMALL_BYTES) {
            RequestMemory.of(request).keep(memory.get().acquire((long) COPIES * bytes, true));
            request.context().register(new Expected());
        }
    }

    /**
     * Sends an answer while room for it is held.
     *
     * @param send returns once the peer, or the gate for it, has taken the answer
     * @throws Problem 503 when there is no room within {@link RequestBudget#PATIENCE}
     */
    static void hold(ServerRequest request, int bytes, Runnable send) {
        Optional<AnswerMemory> memory = request.context().get(AnswerMemory.class);
        if (memory.isEmpty() || bytes <= SMALL_BYTES || request.content().hasEntity()) {
            send.run();
        } else if (request.context().get(Expected.class).isPresent()) {
            memory.get().send((long) COPIES * bytes, send);
        } else {
            try (Lease _ = memory.get().acquire((long) COPIES * bytes, false)) {
                memory.get().send((long) COPIES * bytes, send);
            }
        }
    }

    /** What answers hold now, in bytes. */
    long held() {
        return budget.held();
    }

    private Lease acquire(long bytes, boolean mayWait) {
        long most = Math.min(bytes, budget.capacity());
        Optional<Lease> lease = budget.tryAcquire(most);
        if (lease.isEmpty()) {
            giveUpTheOldest(most);
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
            return budget.acquire(bytes, RequestBudget.PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.stopped();
        }
    }

    private void send(long bytes, Runnable send) {
        Sending sending = new Sending(bytes, nanoTime.getAsLong());
        synchronized (all) {
            all.add(sending);
        }
        try {
            send.run();
        } finally {
            synchronized (all) {
                all.remove(sending);
                if (sending.givenUp) {
                    Thread.interrupted(); // it may do something else next
                }
            }
        }
    }

    /** Interrupts those who have been sending for long, which ends their streams or connections. */
    private void giveUpTheOldest(long bytes) {
        long now = nanoTime.getAsLong();
        synchronized (all) {
            Iterator<Sending> oldest = all.iterator();
            long freed = 0;
            while (freed < bytes && oldest.hasNext()) {
                Sending sending = oldest.next();
                if (now - sending.since < RequestBudget.PATIENCE.toNanos()) {
                    return; // those behind it are younger
                }
                sending.givenUp = true;
                sending.thread.interrupt();
                freed += sending.bytes;
            }
        }
    }

    /** An answer on its way. */
    private static final class Sending {

        private final Thread thread = Thread.currentThread();
        private final long bytes;
        private final long since;
        private boolean givenUp; // guarded by the set of all

        Sending(long bytes, long since) {
            this.bytes = bytes;
            this.since = since;
        }
    }
}
