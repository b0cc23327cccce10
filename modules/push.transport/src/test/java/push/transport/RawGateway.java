package push.transport;

import com.google.protobuf.MessageLite;
import io.grpc.health.v1.HealthCheckRequest;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import push.protocol.v1.GatewaySubscribeRequest;
import push.transport.gate.RawFrame;
import testing.Await;

/** A peer that sends HTTP/2 frame by frame, under the control of a test. Not thread-safe. */
final class RawGateway implements AutoCloseable {

    /** The initial size of every window without settings. */
    static final int DEFAULT_WINDOW = 65_535;

    static final int INITIAL_WINDOW_SIZE = 4;
    static final int CANCEL = 8;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int STILL_LOOKS = 20;
    private static final int PREFIX_BYTES = 5;
    private static final int MAX_FRAME = 16_384;
    private static final String PATH = "/push.v1.Push/SubscribePush";
    private static final String[] CALL = headersOf("POST", "te", "trailers", "content-type", "application/grpc");

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final RawHeaders hpack = new RawHeaders();
    private final Map<Integer, RawAnswer> answers = new HashMap<>();

    /** The sum of the hub's window updates for each stream, and for the connection (0). */
    private final Map<Integer, Integer> widened = new HashMap<>();

    private int initialWindow = DEFAULT_WINDOW;

    /**
     * Connects, and sends its settings.
     *
     * @param settings identifiers and values, alternating
     */
    RawGateway(int port, int... settings) throws IOException {
        this(connect(port), settings);
    }

    /** Uses an existing connection. */
    RawGateway(Socket socket, int... settings) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
        out.write(PREFACE);
        settings(settings);
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1 << 16); // small, so that a write of the hub soon blocks if nothing is read
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
        return socket;
    }

    static GatewaySubscribeRequest request(String id) {
        return GatewaySubscribeRequest.newBuilder().setGatewayClientId(id).build();
    }

    /** The headers of any request to the path of the subscribe call, and {@code more}. */
    static String[] headersOf(String method, String... more) {
        String[] pseudo = {":method", method, ":scheme", "http", ":path", PATH, ":authority", "hub"};
        return Stream.of(pseudo, more).flatMap(Stream::of).toArray(String[]::new);
    }

    /** A gRPC message that is not compressed. */
    static byte[] message(MessageLite message) {
        byte[] bytes = message.toByteArray();
        return ByteBuffer.allocate(PREFIX_BYTES + bytes.length)
                .put((byte) 0)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    RawGateway send(RawFrame frame) throws IOException {
        out.write(frame.bytes());
        return this;
    }

    RawGateway settings(int... settings) throws IOException {
        ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
        for (int i = 0; i < settings.length; i += 2) {
            payload.putShort((short) settings[i]).putInt(settings[i + 1]);
        }
        return send(new RawFrame(RawFrame.SETTINGS, 0, 0, payload.array()));
    }

    RawGateway headers(int stream, int flags, String... namesAndValues) throws IOException {
        byte[] block = RawHeaders.encode(namesAndValues);
        return send(new RawFrame(RawFrame.HEADERS, RawFrame.END_HEADERS | flags, stream, block));
    }

    /** Sends the headers of a subscribe call, and {@code more}; the request message can follow. */
    RawGateway call(int stream, String... more) throws IOException {
        return call(stream, 0, more);
    }

    /** Sends the headers of a subscribe call that ends without a request message. */
    RawGateway callWithoutRequest(int stream) throws IOException {
        return call(stream, RawFrame.END_STREAM);
    }

    /** Sends the headers of a subscribe call and its reset in one write. */
    RawGateway callAndReset(int stream) throws IOException {
        byte[] call = callFrame(stream, 0).bytes();
        byte[] reset = resetFrame(stream).bytes();
        out.write(ByteBuffer.allocate(call.length + reset.length)
                .put(call)
                .put(reset)
                .array());
        return this;
    }

    private RawGateway call(int stream, int flags, String... more) throws IOException {
        return send(callFrame(stream, flags, more));
    }

    private static RawFrame callFrame(int stream, int flags, String... more) {
        String[] all = Stream.of(CALL, more).flatMap(Stream::of).toArray(String[]::new);
        return new RawFrame(RawFrame.HEADERS, RawFrame.END_HEADERS | flags, stream, RawHeaders.encode(all));
    }

    RawGateway data(int stream, int flags, byte... bytes) throws IOException {
        return send(new RawFrame(RawFrame.DATA, flags, stream, bytes));
    }

    /** Sends a body that ends the stream, as the hub's windows allow. It must be the first DATA of the connection. */
    RawGateway upload(int stream, byte[] body) throws IOException {
        for (int sent = 0; sent < body.length; ) {
            int allowed = Math.min(DEFAULT_WINDOW + widened(0), initialWindow + widened(stream)) - sent;
            int to = Math.min(body.length, sent + Math.min(allowed, MAX_FRAME));
            if (to > sent) {
                data(stream, to == body.length ? RawFrame.END_STREAM : 0, Arrays.copyOfRange(body, sent, to));
                sent = to;
            } else {
                read();
            }
        }
        return this;
    }

    private int widened(int stream) {
        return widened.getOrDefault(stream, 0);
    }

    RawGateway subscribe(int stream, GatewaySubscribeRequest request) throws IOException {
        return call(stream).data(stream, RawFrame.END_STREAM, message(request));
    }

    /** Subscribes on stream 1, and waits for the hub's response headers. */
    RawGateway subscribed(String id) throws IOException {
        subscribe(1, request(id));
        answerBegun(1);
        return this;
    }

    /** Starts a watch of the hub's health. */
    RawGateway watchHealth(int stream) throws IOException {
        String[] call = headersOf("POST", "te", "trailers", "content-type", "application/grpc");
        call[Arrays.asList(call).indexOf(PATH)] = "/grpc.health.v1.Health/Watch";
        return headers(stream, 0, call)
                .data(stream, RawFrame.END_STREAM, message(HealthCheckRequest.getDefaultInstance()));
    }

    RawGateway grant(int stream, int bytes) throws IOException {
        byte[] payload = ByteBuffer.allocate(4).putInt(bytes).array();
        return send(new RawFrame(RawFrame.WINDOW_UPDATE, 0, stream, payload));
    }

    RawGateway cancel(int stream) throws IOException {
        return send(resetFrame(stream));
    }

    private static RawFrame resetFrame(int stream) {
        byte[] payload = ByteBuffer.allocate(4).putInt(CANCEL).array();
        return new RawFrame(RawFrame.RST_STREAM, 0, stream, payload);
    }

    RawGateway goAway() throws IOException {
        return send(new RawFrame(RawFrame.GOAWAY, 0, 0, new byte[8]));
    }

    RawGateway ping() throws IOException {
        return send(new RawFrame(RawFrame.PING, 0, 0, new byte[8]));
    }

    /** Reads the next frame of any type, and acknowledges settings and pings. */
    RawFrame read() throws IOException {
        RawFrame frame = RawFrame.read(in);
        if (!frame.has(RawFrame.ACK) && (frame.type == RawFrame.SETTINGS || frame.type == RawFrame.PING)) {
            byte[] payload = frame.type == RawFrame.PING ? frame.payload : new byte[0];
            send(new RawFrame(frame.type, RawFrame.ACK, 0, payload));
        }
        if (frame.type == RawFrame.GOAWAY && frame.payload[7] != 0) {
            throw new AssertionError("GOAWAY with error " + frame.payload[7]);
        }
        if (frame.type == RawFrame.WINDOW_UPDATE) {
            widened.merge(frame.stream, ByteBuffer.wrap(frame.payload).getInt(), Integer::sum);
        }
        if (frame.type == RawFrame.SETTINGS) {
            noteSettings(ByteBuffer.wrap(frame.payload));
        }
        if (frame.type == RawFrame.DATA || frame.type == RawFrame.HEADERS) {
            answer(frame.stream).add(frame, hpack);
        }
        return frame;
    }

    private void noteSettings(ByteBuffer settings) {
        while (settings.hasRemaining()) {
            int id = settings.getShort();
            int value = settings.getInt();
            if (id == INITIAL_WINDOW_SIZE) {
                initialWindow = value;
            }
        }
    }

    /** Reads until a frame of that type. */
    RawFrame readUntil(int type) throws IOException {
        RawFrame frame = read();
        while (frame.type != type) {
            frame = read();
        }
        return frame;
    }

    /** What was received on a stream so far. */
    RawAnswer answer(int stream) {
        return answers.computeIfAbsent(stream, _ -> new RawAnswer());
    }

    /** Reads until the first headers of the stream have arrived. */
    RawAnswer answerBegun(int stream) throws IOException {
        while (answer(stream).headers().isEmpty()) {
            read();
        }
        return answer(stream);
    }

    /** Reads until the stream ends. */
    RawAnswer wholeAnswer(int stream) throws IOException {
        RawFrame frame = read();
        while (frame.stream != stream || !frame.isLast()) {
            frame = read();
        }
        return answer(stream);
    }

    /** Waits, without reading, until no more bytes arrive: by then a writer is blocked. */
    void awaitFull() throws Exception {
        int[] last = {0, 0}; // the available bytes, and how many checks in a row found the same number
        Await.until("no more bytes arrive", Duration.ofSeconds(20), () -> {
            int available = in.available();
            last[1] = available == last[0] ? last[1] + 1 : 0;
            last[0] = available;
            return available > 0 && last[1] >= STILL_LOOKS;
        });
    }

    /** Reads to the end of the connection. */
    void readToEnd() throws IOException {
        while (in.read() >= 0) {
            // Ignores the bytes.
        }
    }

    /** Closes the connection with a TCP reset. */
    void tear() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Closes only the sending direction. */
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
