package push.engine;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Event;

/**
 * Whom each of the last 258,048 events (and up to 4,096 more) was for, also when the events are gone: so
 * what a reader lost can be told from what it had no interest in.
 *
 * <p>An event takes 24 bytes, in pages that are filled once and dropped whole. So readers need no lock: they
 * look only at events up to the log's head, which is volatile, and a page that they hold stays what it is.
 */
final class Ledger {

    private static final int PAGE_BITS = 12;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;
    private static final int PAGES = 64;

    private final AtomicReferenceArray<@Nullable Page> pages = new AtomicReferenceArray<>(PAGES);

    /** Enters the next event. For one thread at a time. */
    void add(long sequence, Event event) {
        Page page = page(sequence);
        if (page == null) {
            page = new Page(sequence >>> PAGE_BITS);
            pages.set(slot(sequence), page);
        }
        page.set(sequence, event);
    }

    /**
     * Whether a client event is for this interest. Yes for one that is forgotten, and, with odds of one to
     * four billion, for one of another kind, as only a hash of the kind is known.
     */
    boolean isClientEventFor(long sequence, Interest interest) {
        Page page = page(sequence);
        return page == null || (!page.isInvalidation(sequence) && page.matches(sequence, interest));
    }

    /** Whether an invalidation is for this interest. Yes for an event that is forgotten. */
    boolean isInvalidationFor(long sequence, Interest interest) {
        Page page = page(sequence);
        return page == null || (page.isInvalidation(sequence) && page.matches(sequence, interest));
    }

    /** Whether it is known whom the event was for. */
    boolean knows(long sequence) {
        return page(sequence) != null;
    }

    private @Nullable Page page(long sequence) {
        Page page = pages.get(slot(sequence));
        return page != null && page.number == sequence >>> PAGE_BITS ? page : null;
    }

    private static int slot(long sequence) {
        return (int) (sequence >>> PAGE_BITS) & (PAGES - 1);
    }

    /** Consecutive events, three numbers each: the two halves of the user's id, and what {@link #kind} makes. */
    private static final class Page {

        private static final int FIELDS = 3;
        private static final long INVALIDATION = -1;

        final long number;
        private final long[] numbers = new long[PAGE_SIZE * FIELDS];

        Page(long number) {
            this.number = number;
        }

        void set(long sequence, Event event) {
            int at = at(sequence);
            numbers[at] = event.userId().getMostSignificantBits();
            numbers[at + 1] = event.userId().getLeastSignificantBits();
            numbers[at + 2] = event instanceof ClientEvent client ? kind(client.kind()) : INVALIDATION;
        }

        private static long kind(String kind) {
            return Integer.toUnsignedLong(kind.hashCode());
        }

        private static int at(long sequence) {
            return ((int) sequence & (PAGE_SIZE - 1)) * FIELDS;
        }

        boolean isInvalidation(long sequence) {
            return numbers[at(sequence) + 2] == INVALIDATION;
        }

        boolean matches(long sequence, Interest interest) {
            int at = at(sequence);
            return interest.isForUser(new UUID(numbers[at], numbers[at + 1]))
                    && (numbers[at + 2] == INVALIDATION || isForKind(interest, numbers[at + 2]));
        }

        private static boolean isForKind(Interest interest, long hash) {
            return interest.kinds().isEmpty() || interest.kinds().stream().anyMatch(kind -> kind(kind) == hash);
        }
    }
}
