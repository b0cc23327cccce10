package push.engine;

import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Event;

/**
 * The users and kinds of the last 258,048 events (and of up to 4,096 more), kept even when the events are gone. With
 * them, events that a reader lost can be distinguished from events that it had no interest in.
 *
 * <p>An event takes 22 bytes, and each page also holds the kinds of its events. Pages are filled once and dropped as a
 * whole, so readers need no lock: they look only at events up to the log's head, which is volatile, and a page that
 * they hold does not change.
 */
final class AudienceIndex {

    private static final int PAGE_BITS = 12;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;
    private static final int PAGES = 64;

    private final AtomicReferenceArray<@Nullable Page> pages = new AtomicReferenceArray<>(PAGES);

    /** The page of the last event. Used only by the thread that adds. */
    private @Nullable Page newest;

    /** Adds an event, whose sequence is higher than all previous ones. For one thread at a time. */
    void add(long sequence, Event event) {
        Page page = page(sequence);
        if (page == null) {
            if (newest != null) {
                newest.kinds.seal();
            }
            page = new Page(sequence >>> PAGE_BITS);
            newest = page;
            pages.set(slot(sequence), page);
        }
        page.set(sequence, event);
    }

    /**
     * Returns true if the event is a client event that matches the interest. Also true for an event that is no longer
     * known or never was, and for an event of a matching user for whose kind the page had no room, because more than a
     * thousand other kinds preceded it.
     */
    boolean isClientEventFor(long sequence, Interest interest) {
        Page page = page(sequence);
        return page == null
                || page.isUnknown(sequence)
                || (!page.isInvalidation(sequence) && page.matches(sequence, interest));
    }

    /**
     * Returns true if the event is an invalidation that matches the interest. Also true for an event that is no longer
     * known or never was.
     */
    boolean isInvalidationFor(long sequence, Interest interest) {
        Page page = page(sequence);
        return page == null
                || page.isUnknown(sequence)
                || (page.isInvalidation(sequence) && page.matches(sequence, interest));
    }

    /** Returns true if this hub never received the event, and the index still reaches back to it. */
    boolean isLost(long sequence) {
        Page page = page(sequence);
        return page != null && page.isUnknown(sequence);
    }

    /** Returns true if the index still reaches back to the event. */
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

    /** Consecutive events: for each one, the two halves of the user's id, the kind, and the hash of the user. */
    private static final class Page {

        private static final short INVALIDATION = Short.MIN_VALUE;
        /** An event that the log has lost, or one from before the first event that this hub received. */
        private static final short UNKNOWN = Short.MIN_VALUE + 1;

        private static final int NOT_HASHED = 0;

        final long number;
        private final long[] users = new long[PAGE_SIZE * 2];
        private final short[] kindNumbers = new short[PAGE_SIZE];
        final PageKinds kinds = new PageKinds();
        /**
         * Computed by the first reader that needs it, so that the publisher does not have to; every reader gets the
         * same result.
         */
        private final int[] userHashes = new int[PAGE_SIZE];

        Page(long number) {
            this.number = number;
            Arrays.fill(kindNumbers, UNKNOWN);
        }

        void set(long sequence, Event event) {
            int at = at(sequence);
            users[2 * at] = event.userId().getMostSignificantBits();
            users[2 * at + 1] = event.userId().getLeastSignificantBits();
            kindNumbers[at] = event instanceof ClientEvent client ? (short) kinds.number(client.kind()) : INVALIDATION;
        }

        private static int at(long sequence) {
            return (int) sequence & (PAGE_SIZE - 1);
        }

        boolean isUnknown(long sequence) {
            return kindNumbers[at(sequence)] == UNKNOWN;
        }

        boolean isInvalidation(long sequence) {
            return kindNumbers[at(sequence)] == INVALIDATION;
        }

        boolean matches(long sequence, Interest interest) {
            int at = at(sequence);
            return isForUser(interest, at) && isForKind(interest, kindNumbers[at]);
        }

        private boolean isForUser(Interest interest, int at) {
            return (interest.users().isEmpty() || interest.users().contains(users[2 * at], users[2 * at + 1]))
                    && interest.isForShard(interest.isSharded() ? userHash(at) : NOT_HASHED);
        }

        private boolean isForKind(Interest interest, int number) {
            return number < 0 || interest.isForKind(kinds.name(number)); // an invalidation, or a kind without a number
        }

        private long userHash(int at) {
            int known = userHashes[at];
            if (known == NOT_HASHED) {
                known = (int) Shards.hash(new UUID(users[2 * at], users[2 * at + 1]));
                userHashes[at] = known;
            }
            return Integer.toUnsignedLong(known);
        }
    }
}
