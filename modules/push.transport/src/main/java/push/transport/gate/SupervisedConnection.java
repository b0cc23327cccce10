package push.transport.gate;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** Helidon's HTTP/2 connection, whose end, however it comes, is told to the push streams on it at once. */
record SupervisedConnection(GatewayConnection connection, ServerConnection http2, StreamSupervisor supervisor)
        implements ServerConnection, InterruptableTask<Void> {

    @Override
    public void handle(Limit limit) throws InterruptedException {
        supervisor.add(connection);
        try {
            http2.handle(limit);
        } finally {
            supervisor.remove(connection);
            connection.ended();
        }
    }

    /**
     * A push stream is idle for as long as nothing happens, and must live: its peer's death is found out by pings. And
     * a connection that had one is not idle for longer than it has none.
     */
    @Override
    public Duration idleTime() {
        Duration withoutStreams = Duration.ofNanos(connection.streams().idleNanos(System.nanoTime()));
        Duration withoutRequests = http2.idleTime();
        return withoutStreams.compareTo(withoutRequests) < 0 ? withoutStreams : withoutRequests;
    }

    @Override
    public void close(boolean interrupt) {
        http2.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
        return http2 instanceof InterruptableTask<?> task && task.canInterrupt();
    }
}
