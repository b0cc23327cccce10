package push.transport.gate;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** Helidon's HTTP/2 connection, watched by the supervisor while it is served. Its end also ends all of its streams. */
record SupervisedHttp2Connection(Http2Filter connection, ServerConnection http2, StreamSupervisor supervisor)
        implements ServerConnection, InterruptableTask<Void> {

    @Override
    public void handle(Limit limit) throws InterruptedException {
        supervisor.add(connection);
        try {
            connection.begin();
            http2.handle(limit);
        } finally {
            supervisor.remove(connection);
            connection.ended();
        }
    }

    /** A connection with a stream is never idle, however little happens: pings detect that its peer is gone. */
    @Override
    public Duration idleTime() {
        return Duration.ofNanos(connection.quietNanos());
    }

    @Override
    public void close(boolean interrupt) {
        connection.goAway();
        if (canInterrupt()) {
            connection.cut(); // on a new connection, Helidon would interrupt a thread that it does not know yet
        } else {
            http2.close(interrupt);
        }
    }

    @Override
    public boolean canInterrupt() {
        return http2 instanceof InterruptableTask<?> task && task.canInterrupt();
    }
}
