package push.transport.gate;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A socket whose first bytes have already been read; its first {@link #read} returns them. */
final class PushbackSocket implements Http2Socket {

    private final Http2Socket socket;
    private byte @Nullable [] first; // only the reading thread uses it

    PushbackSocket(Http2Socket socket, byte[] first) {
        this.socket = socket;
        this.first = first;
    }

    @Override
    public byte @Nullable [] read() {
        byte[] begun = first;
        first = null;
        return begun == null ? socket.read() : begun;
    }

    @Override
    public void wakeReader() {
        socket.wakeReader();
    }

    @Override
    public SocketProgress progress() {
        return socket.progress();
    }

    @Override
    public void write(ByteBuffer bytes) {
        socket.write(bytes);
    }

    @Override
    public void tryWrite(ByteBuffer bytes) {
        socket.tryWrite(bytes);
    }

    @Override
    public boolean writesWithoutWaiting() {
        return socket.writesWithoutWaiting();
    }

    @Override
    public void cut() {
        socket.cut();
    }
}
