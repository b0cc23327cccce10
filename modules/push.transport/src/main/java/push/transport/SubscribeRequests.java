package push.transport;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.grpc.Status;
import io.grpc.StatusException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import push.engine.StalePolicy;
import push.engine.SubscriptionRequest;
import push.engine.SubscriptionRequest.Start;
import push.protocol.v1.GatewaySubscribeRequest;

/**
 * Converts a request message to the engine's subscription request. For one thread and one message.
 *
 * <p>This class reads the fields itself, because an interest in many users would take five times as much memory in
 * protobuf's generated classes: see {@link InterestReader}.
 */
final class SubscribeRequests {

    /** The value that is read instead of a tag after the last field. */
    static final int NO_FIELD = 0;

    // The tags of the fields, with their wire types. A field with another wire type is treated as unknown.
    private static final int GATEWAY_CLIENT_ID =
            GatewaySubscribeRequest.GATEWAY_CLIENT_ID_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int CURSOR =
            GatewaySubscribeRequest.CURSOR_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int WANT_NOTICES =
            GatewaySubscribeRequest.WANT_NOTICES_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
    private static final int START = GatewaySubscribeRequest.START_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
    private static final int ON_STALE = GatewaySubscribeRequest.ON_STALE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
    private static final int INTEREST =
            GatewaySubscribeRequest.INTEREST_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private final CodedInputStream in;
    private final InterestReader interest;
    private String gatewayClientId = "";
    private String cursor = "";
    private boolean wantNotices;
    private int start;
    private int onStale;

    private SubscribeRequests(byte[] message) {
        this.in = CodedInputStream.newInstance(message);
        this.interest = new InterestReader(message);
    }

    /**
     * Reads and checks a request.
     *
     * @param message the bytes of the request message
     * @param peer the address that the request was sent from
     * @throws StatusException with {@code INVALID_ARGUMENT}, naming the field, when a value is not allowed
     */
    static SubscriptionRequest parse(byte[] message, String peer) throws StatusException {
        try {
            SubscribeRequests request = new SubscribeRequests(message);
            request.read();
            return request.checked(peer);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    private void read() throws IOException, StatusException {
        boolean more = true;
        while (more) {
            more = readField();
        }
        in.checkLastTagWas(NO_FIELD);
    }

    private boolean readField() throws IOException, StatusException {
        int tag = in.readTag();
        switch (tag) {
            case NO_FIELD -> {
                return false;
            }
            case GATEWAY_CLIENT_ID -> gatewayClientId = text("gateway_client_id", in);
            case CURSOR -> cursor = text("cursor", in);
            case WANT_NOTICES -> wantNotices = in.readBool();
            case START -> start = in.readEnum();
            case ON_STALE -> onStale = in.readEnum();
            case INTEREST -> interest.read(in);
            default -> {
                return in.skipField(tag);
            }
        }
        return true;
    }

    private SubscriptionRequest checked(String peer) throws StatusException {
        return new SubscriptionRequest(
                gatewayClientId, peer, cursor, start(start), onStale(onStale), interest.interest(), wantNotices);
    }

    private static Start start(int number) throws StatusException {
        return switch (number) {
            case 0 -> Start.CURSOR;
            case 1 -> Start.EARLIEST;
            default -> throw invalid("start must be 0 or 1, but was " + number);
        };
    }

    private static StalePolicy onStale(int number) throws StatusException {
        return switch (number) {
            case 0, 1 -> StalePolicy.LIVE_TAIL;
            case 2 -> StalePolicy.OLDEST_RETAINED;
            case 3 -> StalePolicy.FAIL;
            default -> throw invalid("on_stale must be 0 to 3, but was " + number);
        };
    }

    /** Reads a string field. Its bytes must be UTF-8. */
    static String text(String field, CodedInputStream in) throws IOException, StatusException {
        ByteBuffer bytes = in.readByteBuffer();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw invalid(field + " must be UTF-8, but was not");
        }
    }

    static StatusException invalid(String description) {
        return Status.INVALID_ARGUMENT.withDescription(description).asException();
    }
}
