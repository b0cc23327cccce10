package push.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import push.protocol.v1.PushEvent;

/** A hub that writes its HTTP/2 frames itself, to send what no library would send. Handles one call at a time. */
final class RawHub implements AutoCloseable {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GO_AWAY = 7;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int STATUS_200 = 0x88;

    /** The name {@code :status} by its index; a literal value follows. */
    private static final int STATUS_LITERAL = 0x08;

    /** What happens on the nth connection, counted from 0, after the request has arrived. */
    interface Script {
        void play(int connection, Call call) throws IOException;
    }

    final BlockingQueue<Boolean> pings = new LinkedBlockingQueue<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Script script;

    RawHub(Script script) throws IOException {
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    Target target() {
        return new Target("127.0.0.1", server.getLocalPort());
    }

    private void accept() {
        for (int connection = 0; !server.isClosed(); connection++) {
            try (Socket socket = server.accept()) {
                Call call = new Call(socket);
                call.awaitRequest();
                script.play(connection, call);
            } catch (IOException e) {
                // The client or the test has closed.
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hub's side of one call, on stream 1. */
    final class Call {

        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        private Call(Socket socket) throws IOException {
            this.socket = socket;
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        }

        private void awaitRequest() throws IOException {
            in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
            frame(SETTINGS, 0, 0, new byte[0]);
            while (!readFrame(true)) {
                // Until the request has ended.
            }
        }

        /** Reads until {@code count} pings have been acknowledged. */
        void acknowledgePings(int count) throws IOException {
            while (pings.size() < count) {
                readFrame(true);
            }
        }

        /** Reads until the client closes the connection, with or without acknowledging its pings. */
        void readUntilClosed(boolean acknowledge) throws IOException {
            while (true) {
                readFrame(acknowledge);
            }
        }

        /** Reads one frame from the client and responds to it. Returns true if the frame ends the stream. */
        private boolean readFrame(boolean acknowledge) throws IOException {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            in.readInt();
            byte[] payload = in.readNBytes(length);
            if (type == SETTINGS && flags != ACK) {
                frame(SETTINGS, ACK, 0, new byte[0]);
            } else if (type == PING && acknowledge) {
                frame(PING, ACK, 0, payload);
            }
            if (type == PING) {
                pings.add(acknowledge);
            }
            return type <= HEADERS && (flags & END_STREAM) != 0;
        }

        /** Sends the response headers. */
        void accept() throws IOException {
            frame(HEADERS, END_HEADERS, 1, headers(true, "content-type", "application/grpc"));
        }

        void data(byte[] bytes) throws IOException {
            frame(DATA, 0, 1, bytes);
        }

        void trailers(String status) throws IOException {
            frame(HEADERS, END_HEADERS | END_STREAM, 1, headers(false, "grpc-status", status));
        }

        void end() throws IOException {
            frame(DATA, END_STREAM, 1, new byte[0]);
        }

        void reset(int code) throws IOException {
            frame(RST_STREAM, 0, 1, ByteBuffer.allocate(4).putInt(code).array());
        }

        void goAway(int lastStream, int error) throws IOException {
            ByteBuffer payload = ByteBuffer.allocate(8 + 5).putInt(lastStream).putInt(error);
            frame(
                    GO_AWAY,
                    0,
                    0,
                    payload.put("debug".getBytes(StandardCharsets.US_ASCII)).array());
        }

        /** Responds as a proxy does that cannot reach a hub: with an HTML page. */
        void respondWithPage(int status) throws IOException {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            block.write(STATUS_LITERAL);
            block.write(3);
            block.writeBytes(Integer.toString(status).getBytes(StandardCharsets.US_ASCII));
            block.writeBytes(headers(false, "content-type", "text/html"));
            frame(HEADERS, END_HEADERS, 1, block.toByteArray());
            frame(DATA, END_STREAM, 1, "<html>Not here.</html>".getBytes(StandardCharsets.US_ASCII));
        }

        /** Ends the output, and waits until the client has closed the connection. */
        void finish() throws IOException {
            socket.shutdownOutput();
            in.transferTo(OutputStream.nullOutputStream());
        }

        private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
            frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
            frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
            out.write(frame.array());
            out.flush();
        }
    }

    /** An HPACK block without indexes and Huffman codes, except for {@code :status 200}. */
    private static byte[] headers(boolean withStatus, String name, String value) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        if (withStatus) {
            block.write(STATUS_200);
        }
        block.write(0);
        for (String text : new String[] {name, value}) {
            block.write(text.length());
            block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
        return block.toByteArray();
    }

    /** Messages with the prefixes that gRPC adds on a stream. */
    static byte[] messages(PushEvent... events) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (PushEvent event : events) {
            byte[] message = event.toByteArray();
            stream.writeBytes(ByteBuffer.allocate(5 + message.length)
                    .put((byte) 0)
                    .putInt(message.length)
                    .put(message)
                    .array());
        }
        return stream.toByteArray();
    }
}
