package conformance.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A client that sends HTTP/2 byte by byte. It acknowledges SETTINGS and PING when it reads them, and does nothing else
 * by itself. Not thread-safe.
 */
public final class Http2Peer implements AutoCloseable {

    /** The connection preface: RFC 9113, section 3.4. */
    public static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int RECEIVE_BUFFER_BYTES = 1 << 16;

    /** The maximum payload of a frame, unless the peer's SETTINGS allow more. */
    private static final int MAX_FRAME_BYTES = 16_384;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;
    private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder(false);
    private final Map<Integer, ByteArrayOutputStream> data = new HashMap<>();
    private final Map<Integer, Http2Headers> headers = new HashMap<>();

    private Http2Peer(int port) throws IOException {
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    /** Connects, and sends nothing yet. */
    public static Http2Peer silent(int port) throws IOException {
        return new Http2Peer(port);
    }

    /**
     * Connects, and sends the preface and SETTINGS.
     *
     * @param settings identifiers and values, alternating
     */
    public static Http2Peer connect(int port, int... settings) throws IOException {
        Http2Peer peer = silent(port);
        peer.send(PREFACE.getBytes(US_ASCII)).send(Http2Frame.settings(settings));
        return peer;
    }

    /** Sends bytes as they are. */
    public Http2Peer send(byte... bytes) throws IOException {
        out.write(bytes);
        return this;
    }

    /** Sends frames, one after the other. */
    public Http2Peer send(Http2Frame... frames) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Http2Frame frame : frames) {
            all.writeBytes(frame.bytes());
        }
        return send(all.toByteArray());
    }

    /**
     * Sends a complete header block: a HEADERS frame, followed by CONTINUATION frames if the block is too long for one
     * frame.
     */
    public Http2Peer headers(int stream, int flags, HeaderBlock block) throws IOException {
        byte[] bytes = block.bytes();
        int type = Http2Frame.HEADERS;
        int sent = 0;
        for (int more = flags; bytes.length - sent > MAX_FRAME_BYTES; sent += MAX_FRAME_BYTES, more = 0) {
            send(new Http2Frame(type, more, stream, Arrays.copyOfRange(bytes, sent, sent + MAX_FRAME_BYTES)));
            type = Http2Frame.CONTINUATION;
        }
        int last = Http2Frame.END_HEADERS | (type == Http2Frame.HEADERS ? flags : 0);
        return send(new Http2Frame(type, last, stream, Arrays.copyOfRange(bytes, sent, bytes.length)));
    }

    /** Sends a DATA frame. */
    public Http2Peer data(int stream, int flags, byte... bytes) throws IOException {
        return send(new Http2Frame(Http2Frame.DATA, flags, stream, bytes));
    }

    /** Sends a text in a DATA frame that ends the stream. */
    public Http2Peer lastData(int stream, String text) throws IOException {
        return data(stream, Http2Frame.END_STREAM, text.getBytes(UTF_8));
    }

    /** Resets a stream with CANCEL. */
    public Http2Peer reset(int stream) throws IOException {
        return send(Http2Frame.ofNumber(Http2Frame.RST_STREAM, stream, 8));
    }

    /** Subscribes a gateway on a stream, and waits until the hub has answered. */
    public Http2Peer subscribed(int stream, String id) throws IOException {
        headers(stream, 0, HeaderBlock.grpc(HeaderBlock.SUBSCRIBE))
                .data(stream, Http2Frame.END_STREAM, GrpcMessages.subscription(id));
        while (!headers.containsKey(stream)) {
            read();
        }
        return this;
    }

    /** Waits for the next frame, and acknowledges SETTINGS and PING. */
    public Http2Frame read() throws IOException {
        Http2Frame frame = Http2Frame.read(in);
        switch (frame.type()) {
            case Http2Frame.SETTINGS, Http2Frame.PING -> acknowledge(frame);
            case Http2Frame.HEADERS -> headers.putIfAbsent(frame.stream(), decode(frame));
            case Http2Frame.DATA ->
                data.computeIfAbsent(frame.stream(), _ -> new ByteArrayOutputStream())
                        .writeBytes(frame.payload());
            default -> {}
        }
        return frame;
    }

    private void acknowledge(Http2Frame frame) throws IOException {
        if (!frame.has(Http2Frame.ACK)) {
            byte[] payload = frame.type() == Http2Frame.PING ? frame.payload() : new byte[0];
            send(new Http2Frame(frame.type(), Http2Frame.ACK, 0, payload));
        }
    }

    private Http2Headers decode(Http2Frame frame) throws IOException {
        try {
            return hpack.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.payload()));
        } catch (Http2Exception e) {
            throw new IOException("the hub's header block cannot be decoded", e);
        }
    }

    /** Reads until the stream's data contains the text. */
    public void awaitData(int stream, String text) throws IOException {
        while (!data.getOrDefault(stream, new ByteArrayOutputStream())
                .toString(ISO_8859_1)
                .contains(text)) {
            Http2Frame frame = read();
            if (frame.type() == Http2Frame.GOAWAY
                    || (frame.type() == Http2Frame.RST_STREAM && frame.stream() == stream)) {
                throw new IOException("expected data on stream " + stream + ", got " + frame);
            }
        }
    }

    /**
     * Sends a PING, and reads until the PING is acknowledged and the stream is answered, or until the connection ends.
     *
     * @param stream the stream that must be answered before this returns; 0 if none must
     */
    public Observed observe(int stream) throws IOException {
        Observed.Builder seen = new Observed.Builder();
        byte[] marker = ByteBuffer.allocate(8)
                .putLong(ThreadLocalRandom.current().nextLong())
                .array();
        try {
            send(new Http2Frame(Http2Frame.PING, 0, 0, marker));
            while (!seen.isComplete(stream)) {
                Http2Frame frame = read();
                seen.add(frame, stream, marker);
                if (frame.type() == Http2Frame.HEADERS && frame.stream() == stream) {
                    seen.status(Integer.parseInt(field(stream, ":status")));
                }
            }
        } catch (EOFException | SocketException e) {
            seen.closed();
        }
        return seen.build();
    }

    /** A field of the first header block on a stream; empty if the field is missing. */
    public String field(int stream, String name) {
        Http2Headers first = headers.get(stream);
        CharSequence value = first == null ? null : first.get(name);
        return value == null ? "" : value.toString();
    }

    /**
     * Whether the hub has closed the connection. Waits a moment at most, and consumes the frames that the hub has sent.
     */
    public boolean isAtEnd() throws IOException {
        socket.setSoTimeout(1);
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(TIMEOUT_MILLIS);
        }
    }

    /** Closes only the sending direction. */
    public Http2Peer finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Closes the connection with a TCP reset. */
    public void tear() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
