package conformance.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32C;
import push.protocol.v1.Interest;

/** The events that an interest matches, derived from the contract alone. */
final class Filter {

    static final Filter EVERYTHING = new Filter(Interest.getDefaultInstance());

    private final Interest interest;

    Filter(Interest interest) {
        this.interest = interest;
    }

    /** Whether the filter matches everything. */
    boolean matchesAll() {
        return interest.equals(Interest.getDefaultInstance());
    }

    boolean matchesClientEvent(String user, String kind) {
        return matchesInvalidation(user)
                && (interest.getKindsCount() == 0 || interest.getKindsList().contains(kind));
    }

    /** Kinds do not affect invalidations, which have no kind. */
    boolean matchesInvalidation(String user) {
        return (interest.getUserIdsCount() == 0 || interest.getUserIdsList().contains(user))
                && (interest.getShardCount() == 0 || shard(user) == interest.getShard());
    }

    private long shard(String user) {
        CRC32C checksum = new CRC32C();
        checksum.update(user.getBytes(UTF_8));
        return checksum.getValue() % interest.getShardCount();
    }
}
