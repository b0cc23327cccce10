package push.gateway;

import static java.lang.System.Logger.Level.DEBUG;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2Settings;
import io.helidon.webclient.http2.Http2ClientConnection;
import io.helidon.webclient.http2.Http2ClientImpl;
import io.helidon.webclient.http2.Http2ClientStream;
import io.helidon.webclient.http2.Http2StreamConfig;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.PushGrpc;

/** The HTTP/2 layer of a call: a connection with one stream, after the request was sent on it. */
final class Http2Call {

    /** The timeout of a single wait. Its value does not matter: a wait that times out is repeated. */
    static final Duration MAX_WAIT = Duration.ofHours(1);

    private static final System.Logger LOG = System.getLogger(Http2Call.class.getName());
    private static final int PREFIX_BYTES = 5;

    private final HubConnection connection;
    private final Http2ClientConnection http2;
    private final Http2ClientStream stream;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Http2Call(HubConnection connection, Http2ClientConnection http2, Http2ClientStream stream) {
        this.connection = connection;
        this.http2 = http2;
        this.stream = stream;
    }

    /** Connects and sends the request. Blocks; throws an unchecked exception if either step fails. */
    static Http2Call open(Transport transport, GatewaySubscribeRequest request, Runnable onLost) {
        HubConnection connection = transport.connect(onLost);
        try {
            Http2ClientConnection http2 = Http2ClientConnection.create(transport.http2(), connection, true);
            Http2ClientStream stream = new CallStream(http2, connection.helidonSocket(), transport.http2());
            Http2Call call = new Http2Call(connection, http2, stream);
            connection.pingWith(stream::sendPing);
            stream.writeHeaders(headers(transport), false);
            stream.writeData(lengthPrefixed(request.toByteArray()), true);
            return call;
        } catch (RuntimeException e) {
            connection.closeResource();
            // Helidon's exception reports that the connection is closed, but not why.
            throw connection
                    .loss()
                    .<RuntimeException>map(why -> new IllegalStateException(why, e))
                    .orElse(e);
        }
    }

    private static Http2Headers headers(Transport transport) {
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.set(Http2Headers.METHOD_NAME, "POST");
        headers.set(Http2Headers.SCHEME_NAME, transport.scheme());
        headers.set(Http2Headers.AUTHORITY_NAME, transport.authority());
        headers.set(
                Http2Headers.PATH_NAME, "/" + PushGrpc.getSubscribePushMethod().getFullMethodName());
        headers.set(HeaderNames.CONTENT_TYPE, "application/grpc");
        headers.set(HeaderNames.TE, "trailers");
        transport.authorization().ifPresent(token -> headers.set(HeaderNames.AUTHORIZATION, token));
        return Http2Headers.create(headers);
    }

    private static BufferData lengthPrefixed(byte[] message) {
        BufferData prefix = BufferData.create(PREFIX_BYTES);
        prefix.writeInt8(0); // not compressed
        prefix.writeUnsignedInt32(message.length);
        return BufferData.create(prefix, BufferData.create(message));
    }

    /** Why the connection was lost; empty if it was not lost, or if the peer closed it without an error. */
    Optional<String> loss() {
        return connection.loss();
    }

    Http2ClientStream stream() {
        return stream;
    }

    /** Resets the stream, so that the hub releases it immediately, and closes the connection. */
    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            stream.cancel();
            http2.close();
        } catch (RuntimeException e) {
            LOG.log(DEBUG, "the connection was already closed", e);
        } finally {
            connection.closeResource(); // Helidon does not close the socket after a failed write
        }
    }

    private static final class CallStream extends Http2ClientStream {

        CallStream(Http2ClientConnection connection, HelidonSocket socket, Http2ClientImpl client) {
            super(
                    connection,
                    Http2Settings.create(),
                    socket,
                    new StreamConfig(),
                    client.prototype(),
                    connection.streamIdSequence(),
                    client);
        }

        /**
         * Queues a frame, and then returns its flow-control window to the hub. If the window update fails, the
         * connection is lost, but the frame is kept. The connection's reader reports the loss.
         */
        @Override
        public void data(Http2FrameHeader header, BufferData data, boolean endOfStream) {
            try {
                super.data(header, data, endOfStream);
            } catch (UncheckedIOException e) {
                LOG.log(DEBUG, "a window update could not be sent: the connection is lost", e);
            } catch (IllegalStateException e) {
                if (!(e.getCause() instanceof InterruptedException)) {
                    throw e;
                }
            }
        }
    }

    private record StreamConfig() implements Http2StreamConfig {

        @Override
        public boolean priorKnowledge() {
            return true;
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public Duration readTimeout() {
            return MAX_WAIT;
        }
    }
}
