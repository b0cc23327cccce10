package push.transport.gate;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** Helidon's HTTP/1 connection, watched by the supervisor while it is served. */
record SupervisedHttp1Connection(Http1Filter filter, ServerConnection http1, StreamSupervisor supervisor)
        implements ServerConnection, InterruptableTask<Void> {

    @Override
    public void handle(Limit limit) throws InterruptedException {
        supervisor.watch(filter);
        try {
            http1.handle(limit);
        } finally {
            try {
                filter.leave();
            } finally {
                supervisor.unwatch(filter);
            }
        }
    }

    @Override
    public Duration idleTime() {
        return filter.idleTime(); // Helidon's own idle time uses the wall clock
    }

    @Override
    public void close(boolean interrupt) {
        http1.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
        return http1 instanceof InterruptableTask<?> task && task.canInterrupt();
    }
}
