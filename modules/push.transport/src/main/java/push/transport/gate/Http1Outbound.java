package push.transport.gate;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes Helidon's HTTP/1 responses to the socket. Any thread may write; the bytes of one call stay together.
 *
 * <p>Once the gate itself has answered, everything that Helidon writes is discarded.
 */
final class Http1Outbound implements DataWriter {

    /** The number of bytes in one write: a peer that accepts this many has not stalled. */
    private static final int SLICE = 16 * 1024;

    private static final byte[] INTERIM = {'H', 'T', 'T', 'P', '/', '1', '.', '1', ' ', '1'};

    private final Wire below;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private boolean begun;
    private boolean muted;
    private @Nullable Http10Response http10;

    private volatile boolean writing;
    private volatile long progress;
    private volatile boolean cut;

    Http1Outbound(Wire below, InstantSource clock, LongSupplier nanos) {
        this.below = below;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Helidon has answered, and asks for the next request. */
    void awaitNext() {
        lock.lock();
        try {
            begun = false;
        } finally {
            lock.unlock();
        }
    }

    /** Helidon's next bytes are the response to this request. */
    void begin(Http1Request request) {
        lock.lock();
        try {
            begun = false;
            http10 = request.isHttp10() ? new Http10Response(request.method() == RequestMethod.HEAD) : null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Responds in place of Helidon, unless Helidon has begun its response.
     *
     * @param withBody false for a response to HEAD
     */
    void respond(Problem problem, boolean withBody) {
        lock.lock();
        try {
            if (!begun && !muted) {
                send(Http1Response.bytes(GateResponse.of(problem, clock.instant()), withBody));
            }
            muted = true;
        } finally {
            lock.unlock();
        }
    }

    /** Makes all further writes fail. */
    void cut() {
        cut = true;
    }

    /** Whether a write has made no progress for this long. */
    boolean isStalled(long now, long stallNanos) {
        return writing && now - progress >= stallNanos;
    }

    private void write(byte[] bytes) {
        lock.lock();
        try {
            if (muted) {
                return;
            }
            if (http10 != null) {
                begun = true;
                send(http10.convert(bytes));
                return;
            }
            begun |= !isInterim(bytes);
            send(bytes);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isInterim(byte[] bytes) {
        return bytes.length >= INTERIM.length && Arrays.equals(bytes, 0, INTERIM.length, INTERIM, 0, INTERIM.length);
    }

    private void send(byte[] bytes) {
        if (cut) {
            throw new UncheckedIOException(new SocketException("the connection is closed"));
        }
        try {
            for (int from = 0; from < bytes.length; from += SLICE) {
                progress = nanos.getAsLong();
                writing = true;
                below.write(ByteBuffer.wrap(bytes, from, Math.min(SLICE, bytes.length - from)));
            }
        } finally {
            writing = false;
        }
    }

    private static byte[] read(BufferData... buffers) {
        int length = 0;
        for (BufferData buffer : buffers) {
            length += buffer.available();
        }
        byte[] bytes = new byte[length];
        int at = 0;
        for (BufferData buffer : buffers) {
            at += buffer.read(bytes, at, buffer.available());
        }
        return bytes;
    }

    @Override
    public void write(BufferData... buffers) {
        write(read(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        write(read(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
        write(read(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        write(read(buffer));
    }
}
