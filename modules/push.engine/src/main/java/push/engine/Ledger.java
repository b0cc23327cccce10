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

    /** Consecutive events: for each the two halves of the user's id, its kind, and its user's shard. */
    private static final class Page {

        private static final int INVALIDATION = Integer.MIN_VALUE;
        private static final int UNKNOWN = 0;

        final long number;
        private final long[] users = new long[PAGE_SIZE * 2];
        private final int[] kinds = new int[PAGE_SIZE];
        /** Made by the first reader that asks, so that the publisher need not; equal for whoever makes it. */
        private final int[] userHashes = new int[PAGE_SIZE];

        Page(long number) {
            this.number = number;
        }

        void set(long sequence, Event event) {
            int at = at(sequence);
            users[2 * at] = event.userId().getMostSignificantBits();
            users[2 * at + 1] = event.userId().getLeastSignificantBits();
            kinds[at] = event instanceof ClientEvent client ? kind(client.kind()) : INVALIDATION;
        }

        private static int kind(String kind) {
            return Math.max(kind.hashCode(), INVALIDATION + 1);
        }

        private static int at(long sequence) {
            return (int) sequence & (PAGE_SIZE - 1);
        }

        boolean isInvalidation(long sequence) {
            return kinds[at(sequence)] == INVALIDATION;
        }

        boolean matches(long sequence, Interest interest) {
            int at = at(sequence);
            return isForUser(interest, at) && (kinds[at] == INVALIDATION || isForKind(interest, kinds[at]));
        }

        private boolean isForUser(Interest interest, int at) {
            return (interest.users().isEmpty() || interest.users().contains(user(at)))
                    && interest.isForShard(interest.isSharded() ? userHash(at) : UNKNOWN);
        }

        private UUID user(int at) {
            return new UUID(users[2 * at], users[2 * at + 1]);
        }

        private long userHash(int at) {
            int known = userHashes[at];
            if (known == UNKNOWN) {
                known = (int) Shards.hash(user(at));
                userHashes[at] = known;
            }
            return Integer.toUnsignedLong(known);
        }

        private static boolean isForKind(Interest interest, int hash) {
            for (String kind : interest.kinds()) {
                if (kind(kind) == hash) {
                    return true;
                }
            }
            return interest.kinds().isEmpty();
        }
    }
}
