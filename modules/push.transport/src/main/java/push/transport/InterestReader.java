package push.transport;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.grpc.StatusException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import push.engine.Interest;
import push.engine.UserIds;

/**
 * Reads an interest from a request. The text of a user id is parsed straight into two longs: protobuf's generated
 * classes create a string for each id, which takes five times as much memory. For one thread and one message.
 */
final class InterestReader {

    private static final int USER_IDS =
            push.protocol.v1.Interest.USER_IDS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int KINDS =
            push.protocol.v1.Interest.KINDS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int SHARD = push.protocol.v1.Interest.SHARD_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
    private static final int SHARD_COUNT =
            push.protocol.v1.Interest.SHARD_COUNT_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;

    /** The size of one user id in a message, with its tag and its length, in bytes. */
    private static final int USER_ID_BYTES = UuidText.LENGTH + 2;

    private final byte[] message;
    private final Set<String> kinds = new HashSet<>();
    private long[] users = {};
    private int size;
    private int shard;
    private int shardCount;

    /** @param message the whole request message */
    InterestReader(byte[] message) {
        this.message = message;
    }

    /**
     * Reads one occurrence of the field. As in any protobuf message, a later occurrence is merged into the earlier
     * ones.
     *
     * @param in the reader of the message, positioned at the length of the field
     * @throws IOException when the bytes are not a protobuf message
     * @throws StatusException when a value is not allowed
     */
    void read(CodedInputStream in) throws IOException, StatusException {
        int limit = in.pushLimit(in.readRawVarint32());
        boolean more = true;
        while (more) {
            more = readField(in);
        }
        in.checkLastTagWas(0);
        in.popLimit(limit);
    }

    private boolean readField(CodedInputStream in) throws IOException, StatusException {
        int tag = in.readTag();
        switch (tag) {
            case SubscribeRequests.NO_FIELD -> {
                return false;
            }
            case USER_IDS -> userId(in);
            case KINDS -> kinds.add(SubscribeRequests.text("interest.kinds", in));
            case SHARD -> shard = in.readUInt32();
            case SHARD_COUNT -> shardCount = in.readUInt32();
            default -> {
                return in.skipField(tag);
            }
        }
        return true;
    }

    private void userId(CodedInputStream in) throws IOException, StatusException {
        int length = in.readRawVarint32();
        int start = in.getTotalBytesRead();
        in.skipRawBytes(length); // throws if the message has fewer bytes
        if (length != UuidText.LENGTH || !UuidText.isUuid(message, start)) {
            String shown = new String(message, start, Math.min(length, 50), StandardCharsets.UTF_8);
            throw SubscribeRequests.invalid("interest.user_ids must be UUIDs in text form, and one was \"" + shown
                    + (length > 50 ? "…" : "") + "\"");
        }
        if (2 * size == users.length) {
            makeRoom(start);
        }
        users[2 * size] = UuidText.mostSignificantBits(message, start);
        users[2 * size + 1] = UuidText.leastSignificantBits(message, start);
        size++;
    }

    /** Makes room for as many ids as the rest of the message can hold, so that the array never has to grow again. */
    private void makeRoom(int start) {
        int atMost = 1 + (message.length - start) / USER_ID_BYTES;
        long[] room = new long[2 * (size + atMost)];
        System.arraycopy(users, 0, room, 0, 2 * size);
        users = room;
    }

    /** @throws IllegalArgumentException if no event could match the interest */
    Interest interest() {
        UserIds ids = UserIds.of(users, size);
        return new Interest(ids, kinds, Integer.toUnsignedLong(shard), Integer.toUnsignedLong(shardCount));
    }
}
