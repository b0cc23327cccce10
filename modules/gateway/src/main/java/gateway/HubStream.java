package gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.helidon.http.http2.Http2Exception;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2FrameData;
import io.helidon.http.http2.Http2Headers;
import io.helidon.webclient.http2.StreamTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.PushEvent;

/**
 * One call of {@code SubscribePush} on a connection of its own, read by one thread; {@link #cancel} is for any.
 *
 * <p>Nothing is read ahead: a frame goes back to the hub as window only when it is taken here.
 */
final class HubStream implements AutoCloseable {

    private final Wakeup wakeup;
    private final CallChannel channel;
    private final MessageDeframer deframer = new MessageDeframer();
    private boolean complete;

    private HubStream(Wakeup wakeup, CallChannel channel) {
        this.wakeup = wakeup;
        this.channel = channel;
    }

    /**
     * Connects and sends the request. May be interrupted.
     *
     * @throws StreamEnded if that fails: {@code UNAVAILABLE}, with the reason
     */
    static HubStream open(Transport transport, GatewaySubscribeRequest request) throws StreamEnded {
        Wakeup wakeup = new Wakeup();
        try {
            return new HubStream(wakeup, CallChannel.open(transport, request, wakeup::call));
        } catch (RuntimeException e) {
            String where = "cannot connect to " + transport.authority();
            throw StreamEnded.byOther(Status.UNAVAILABLE
                    .withDescription(where + ": " + Failures.reason(e))
                    .withCause(e));
        }
    }

    /** Waits until the hub accepts the call, for as long as the connection lives. */
    void awaitAnswer() throws StreamEnded {
        Http2Headers answer = readAnswer();
        StreamEnded refusal = CallStatus.ofAnswer(answer).orElse(null);
        if (refusal != null) {
            throw refusal;
        }
    }

    private Http2Headers readAnswer() throws StreamEnded {
        while (true) {
            boolean mayWait = wakeup.enter();
            try {
                if (!mayWait) {
                    channel.stream().close(); // makes it answer now, with what has come
                }
                return channel.stream().readHeaders();
            } catch (StreamTimeoutException e) {
                // A hub may answer with its first message only.
            } catch (Http2Exception e) {
                throw CallStatus.ofReset(e.code());
            } catch (IllegalStateException e) {
                if (!mayWait || wakeup.leave()) {
                    throw lost();
                }
            } finally {
                wakeup.leave();
            }
        }
    }

    /**
     * Waits for the next message, for as long as the connection lives.
     *
     * @throws StreamEnded with the hub's status, {@code OK} included, or {@code UNAVAILABLE} when the
     *     connection is lost or the call cancelled
     */
    PushEvent next() throws StreamEnded {
        while (true) {
            byte[] message = deframer.next();
            if (message != null) {
                return parse(message);
            }
            if (complete) {
                throw CallStatus.withoutStatus();
            }
            if (channel.stream().trailers().isDone()) {
                throw CallStatus.ofTrailers(channel.stream().trailers().join());
            }
            Http2FrameData frame = readFrame();
            if (frame != null) {
                deframer.add(frame.data().readBytes());
                complete = (frame.header().flags() & Http2Flag.END_OF_STREAM) != 0;
            }
        }
    }

    /**
     * The next frame of data; null if something else has come. Once the connection is lost this waits no more,
     * but what had come before is still taken: a hub that died may not be able to send it again.
     */
    private @Nullable Http2FrameData readFrame() throws StreamEnded {
        boolean mayWait = wakeup.enter();
        try {
            return channel.stream().readOne(mayWait ? CallChannel.LONG : Duration.ZERO);
        } catch (StreamTimeoutException e) {
            if (!mayWait) {
                throw lost();
            }
        } catch (Http2Exception e) {
            throw CallStatus.ofReset(e.code());
        } catch (IllegalStateException e) {
            if (wakeup.leave()) {
                throw lost();
            }
        } finally {
            wakeup.leave();
        }
        return null;
    }

    private static PushEvent parse(byte[] message) throws StreamEnded {
        try {
            return PushEvent.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw StreamEnded.byOther(Status.INTERNAL
                    .withDescription("a message that is no PushEvent")
                    .withCause(e));
        }
    }

    private StreamEnded lost() {
        String why = channel.loss().map(loss -> ": " + loss).orElse("");
        return StreamEnded.byOther(Status.UNAVAILABLE.withDescription("the connection is lost" + why));
    }

    /** Ends the call at the hub and its connection, and with them a wait in this stream. From any thread. */
    void cancel() {
        wakeup.call();
        channel.close();
    }

    @Override
    public void close() {
        cancel();
    }
}
