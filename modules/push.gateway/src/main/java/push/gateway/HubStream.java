package push.gateway;

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
 * One call of {@code SubscribePush} on its own connection. One thread reads it; any thread may call {@link #cancel}.
 *
 * <p>Nothing is read ahead: the hub gets the flow-control window of a frame back only when this class reads the frame.
 */
final class HubStream implements AutoCloseable {

    private final Wakeup wakeup;
    private final Http2Call call;
    private final MessageDeframer deframer = new MessageDeframer();
    private boolean complete;

    private HubStream(Wakeup wakeup, Http2Call call) {
        this.wakeup = wakeup;
        this.call = call;
    }

    /**
     * Connects and sends the request. An interrupt ends the wait.
     *
     * @throws StreamEnded with {@code UNAVAILABLE} and the reason, if the connection or the request fails
     */
    static HubStream open(Transport transport, GatewaySubscribeRequest request) throws StreamEnded {
        Wakeup wakeup = new Wakeup();
        try {
            return new HubStream(wakeup, Http2Call.open(transport, request, wakeup::wake));
        } catch (RuntimeException e) {
            String prefix = "cannot connect to " + transport.authority() + ": ";
            throw StreamEnded.byOther(Status.UNAVAILABLE
                    .withDescription(prefix + ConnectionFailures.reason(e))
                    .withCause(e));
        }
    }

    /** Waits until the hub accepts the call. The wait has no timeout; it ends when the connection is lost. */
    void awaitAccepted() throws StreamEnded {
        Http2Headers response = readResponseHeaders();
        StreamEnded refusal = CallStatus.ofResponse(response).orElse(null);
        if (refusal != null) {
            throw refusal;
        }
    }

    private Http2Headers readResponseHeaders() throws StreamEnded {
        while (true) {
            boolean mayWait = wakeup.beginWait();
            try {
                if (!mayWait) {
                    call.stream().close(); // makes readHeaders() return now, with the headers received so far
                }
                return call.stream().readHeaders();
            } catch (StreamTimeoutException e) {
                // Repeat the wait: a hub may send its headers only with its first message.
            } catch (Http2Exception e) {
                throw CallStatus.ofReset(e.code());
            } catch (IllegalStateException e) {
                if (!mayWait || wakeup.endWait()) {
                    throw lost();
                }
            } finally {
                wakeup.endWait();
            }
        }
    }

    /**
     * Waits for the next message. The wait has no timeout; it ends when the connection is lost.
     *
     * @throws StreamEnded with the hub's status, including {@code OK}; with {@code UNAVAILABLE} if the connection is
     *     lost or the call cancelled; with the status of {@link CallStatus} if the stream was reset or ended without a
     *     status; or with {@code INTERNAL} or {@code RESOURCE_EXHAUSTED} if a message is invalid or too long
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
            if (call.stream().trailers().isDone()) {
                throw CallStatus.ofTrailers(call.stream().trailers().join());
            }
            Http2FrameData frame = readFrame();
            if (frame != null) {
                deframer.add(frame.data().readBytes());
                complete = (frame.header().flags() & Http2Flag.END_OF_STREAM) != 0;
            }
        }
    }

    /**
     * Returns the next DATA frame; null if something else happened. After the loss of the connection, this method does
     * not wait, but still returns the frames that arrived before: a failed hub may not be able to send them again.
     */
    private @Nullable Http2FrameData readFrame() throws StreamEnded {
        boolean mayWait = wakeup.beginWait();
        try {
            return call.stream().readOne(mayWait ? Http2Call.MAX_WAIT : Duration.ZERO);
        } catch (StreamTimeoutException e) {
            if (!mayWait) {
                throw lost();
            }
        } catch (Http2Exception e) {
            throw CallStatus.ofReset(e.code());
        } catch (IllegalStateException e) {
            if (wakeup.endWait()) {
                throw lost();
            }
        } finally {
            wakeup.endWait();
        }
        return null;
    }

    private static PushEvent parse(byte[] message) throws StreamEnded {
        try {
            return PushEvent.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw StreamEnded.byOther(Status.INTERNAL
                    .withDescription("received a message that is not a PushEvent")
                    .withCause(e));
        }
    }

    private StreamEnded lost() {
        String why = call.loss().map(loss -> ": " + loss).orElse("");
        return StreamEnded.byOther(Status.UNAVAILABLE.withDescription("the connection was lost" + why));
    }

    /** Ends the call at the hub, the connection, and any wait for this stream. Safe to call from any thread. */
    void cancel() {
        wakeup.wake();
        call.close();
    }

    @Override
    public void close() {
        cancel();
    }
}
