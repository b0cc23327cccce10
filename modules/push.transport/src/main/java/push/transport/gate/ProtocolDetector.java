package push.transport.gate;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose protocol is not known yet. Its first bytes show whether it speaks HTTP/2 or HTTP/1.
 *
 * <p>It buffers at most the length of the HTTP/2 preface, plus the bytes that were read together with the last of
 * these.
 */
final class ProtocolDetector implements ServerConnection, InterruptableTask<Void>, Supervised {

    private final Wire below;
    private final StreamSupervisor supervisor;
    private final Function<byte[], ServerConnection> http2;
    private final Function<byte[], ServerConnection> http1;
    private final Duration timeLimit;
    private final long connectedAt;
    private volatile @Nullable ServerConnection identified;

    /**
     * @param http2 makes the connection that serves HTTP/2, given its first bytes
     * @param http1 makes the connection that serves anything else, given its first bytes
     * @param timeLimit how long the first bytes may take to arrive
     * @param connectedAt when the connection began, on the scale of {@link StreamSupervisor#nanoTime}
     */
    ProtocolDetector(
            Wire below,
            StreamSupervisor supervisor,
            Function<byte[], ServerConnection> http2,
            Function<byte[], ServerConnection> http1,
            Duration timeLimit,
            long connectedAt) {
        this.below = below;
        this.supervisor = supervisor;
        this.http2 = http2;
        this.http1 = http1;
        this.timeLimit = timeLimit;
        this.connectedAt = connectedAt;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        ServerConnection known = identify();
        identified = known;
        known.handle(limit);
    }

    private ServerConnection identify() {
        supervisor.watch(this);
        try {
            ByteArrayOutputStream first = new ByteArrayOutputStream();
            Preface.Match match = Preface.Match.BEGINNING;
            while (match == Preface.Match.BEGINNING) {
                first.writeBytes(read());
                match = Preface.match(first.toByteArray());
            }
            return (match == Preface.Match.WHOLE ? http2 : http1).apply(first.toByteArray());
        } finally {
            supervisor.unwatch(this);
        }
    }

    private byte[] read() {
        byte[] read;
        try {
            read = below.read();
        } catch (UncheckedIOException e) {
            throw new CloseConnectionException("the connection ended before its protocol was known", e);
        }
        if (read == null) {
            throw new CloseConnectionException("the connection ended before its protocol was known");
        }
        return read;
    }

    @Override
    public void check(long now) {
        if (now - connectedAt >= timeLimit.toNanos()) {
            below.cut();
        }
    }

    @Override
    public Duration idleTime() {
        ServerConnection known = identified;
        return known == null ? Duration.ofNanos(supervisor.nanoTime() - connectedAt) : known.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        ServerConnection known = identified;
        if (known != null) {
            known.close(interrupt);
        } else {
            below.cut();
        }
    }

    @Override
    public boolean canInterrupt() {
        ServerConnection known = identified;
        return known == null || (known instanceof InterruptableTask<?> task && task.canInterrupt());
    }
}
