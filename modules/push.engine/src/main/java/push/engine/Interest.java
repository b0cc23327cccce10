package push.engine;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events a subscription receives. An event must match all components; an empty component matches everything.
 *
 * @param users the users whose events match
 * @param kinds the kinds of client event that match, at most 256 and none of them blank; invalidations have no kind,
 *     and match whatever the kinds are
 * @param shard the share of the users whose events match, from 0 to {@code shardCount - 1}; 0 if {@code shardCount} is
 *     0. A user's share is the CRC-32C (RFC 3720, appendix B.4) of the id's lower-case text, as an unsigned number,
 *     modulo {@code shardCount}
 * @param shardCount the number of shares into which the users are divided, at most 2^32 - 1; 0 for no division
 */
public record Interest(UserIds users, Set<String> kinds, long shard, long shardCount) {

    /** Matches every event. */
    public static final Interest ALL = new Interest(UserIds.NONE, Set.of(), 0, 0);

    private static final long MAX_SHARDS = (1L << 32) - 1;

    private static final int MAX_KINDS = 256;

    /** The record, and the three objects of which the set of kinds consists. */
    private static final int FIXED_BYTES = 40 + 16 + 16 + 48;

    /** A hash-table node for colliding keys, and two slots of the table, plus half as many again for spare room. */
    private static final int KIND_BYTES = 56 + 12;

    /** @throws IllegalArgumentException if a component is out of range; the message names the field */
    public Interest {
        // Not Set.copyOf, which probes linearly: a peer could make it slow with many kinds that have the same hash.
        kinds = Collections.unmodifiableSet(new HashSet<>(kinds));
        if (kinds.size() > MAX_KINDS) {
            throw new IllegalArgumentException(
                    "interest.kinds must be at most " + MAX_KINDS + ", and were " + kinds.size());
        }
        if (kinds.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("interest.kinds must not be blank");
        }
        if (shardCount < 0 || shardCount > MAX_SHARDS) {
            throw new IllegalArgumentException(
                    "interest.shard_count must be 0 to " + MAX_SHARDS + ", but was " + shardCount);
        }
        if (shard < 0 || shard >= Math.max(shardCount, 1)) {
            throw new IllegalArgumentException(
                    "interest.shard must be below interest.shard_count, but was " + shard + " of " + shardCount);
        }
    }

    /**
     * Creates an interest with a copy of the users.
     *
     * @throws IllegalArgumentException if a component is out of range; the message names the field
     */
    public Interest(Set<UUID> users, Set<String> kinds, long shard, long shardCount) {
        this(UserIds.copyOf(users), kinds, shard, shardCount);
    }

    /**
     * Returns how much this interest and everything that it references occupy on the heap, in bytes: an estimate that
     * is rather too high than too low.
     */
    public long heapBytes() {
        long bytes = FIXED_BYTES + users.heapBytes();
        for (String kind : kinds) {
            bytes += KIND_BYTES + HeapSize.ofText(kind);
        }
        return bytes;
    }

    /** Returns true if this interest matches every event. */
    boolean isAll() {
        return users.isEmpty() && kinds.isEmpty() && !isSharded();
    }

    /** Returns true if this interest is limited to a share of the users. */
    boolean isSharded() {
        return shardCount > 1;
    }

    /** Returns true if a user with this {@linkplain Shards#hash hash} belongs to the share. */
    boolean isForShard(long userHash) {
        return !isSharded() || userHash % shardCount == shard;
    }

    boolean matches(Entry entry) {
        return (users.isEmpty() || users.contains(entry.userId()))
                && (!isSharded() || isForShard(entry.userHash()))
                && (kinds.isEmpty() || isOfKind(entry.kind()));
    }

    private boolean isOfKind(@Nullable String kind) {
        return kind == null || kinds.contains(kind);
    }

    /** Returns true if client events of this kind match. */
    boolean isForKind(String kind) {
        return kinds.isEmpty() || kinds.contains(kind);
    }
}
