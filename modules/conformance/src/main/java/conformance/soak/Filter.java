package conformance.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32C;
import push.protocol.v1.Interest;

/** Which events an interest asks for, worked out from the contract alone. */
final class Filter {

    static final Filter EVERYTHING = new Filter(Interest.getDefaultInstance());

    private final Interest interest;

    Filter(Interest interest) {
        this.interest = interest;
    }

    /** Whether it leaves nothing out. */
    boolean takesAll() {
        return interest.equals(Interest.getDefaultInstance());
    }

    boolean takesClientEvent(String user, String kind) {
        return takesInvalidation(user)
                && (interest.getKindsCount() == 0 || interest.getKindsList().contains(kind));
    }

    /** An invalidation has no kind: kinds do not keep it out. */
    boolean takesInvalidation(String user) {
        return (interest.getUserIdsCount() == 0 || interest.getUserIdsList().contains(user))
                && (interest.getShardCount() == 0 || shard(user) == interest.getShard());
    }

    private long shard(String user) {
        CRC32C checksum = new CRC32C();
        checksum.update(user.getBytes(UTF_8));
        return checksum.getValue() % interest.getShardCount();
    }
}
