package app.cli;

import static java.lang.System.Logger.Level.ERROR;

import app.PushServer;
import app.logging.Log;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How a serving process ends: when a signal tells it to, or by itself when nobody can connect any more, a thread that it
 * needs has ended, or another hub has its database. In each case the JVM's shutdown hook closes the hub first, and waits for
 * nothing without a bound.
 */
final class Ending {

    /** Beside the drain: for the web server, the database, the collector of spans. */
    private static final Duration SURPLUS = Duration.ofSeconds(5);

    /** After a failure: the process is to be gone, and started anew, within five seconds. */
    private static final Duration DRAIN_AFTER_FAILURE = Duration.ofSeconds(1);

    private static final Duration SURPLUS_AFTER_FAILURE = Duration.ofMillis(2500);

    /** For the last lines of the log. Its reader may have stopped. */
    private static final Duration FLUSH = Duration.ofSeconds(1);

    private static final Duration LOOK = Duration.ofMillis(500);

    /** As a shell tells of a process that SIGTERM has ended. */
    private static final int TERMINATED = 143;

    private static final int FAILED = 1;

    private static final System.Logger LOG = System.getLogger(Ending.class.getName());

    private final PushServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean isClosing;
    private volatile boolean hasFailed;

    private Ending(PushServer server) {
        this.server = server;
    }

    /** Registers the hook. */
    static Ending of(PushServer server) {
        Ending ending = new Ending(server);
        Runtime.getRuntime().addShutdownHook(new Thread(ending::close, "push-shutdown"));
        return ending;
    }

    /**
     * Waits for the end.
     *
     * @return false when the server has failed, upon which the process is to be ended
     */
    boolean await() throws InterruptedException {
        while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            if (isClosing) {
                continue;
            }
            if (!server.isListening()) {
                return failed("push listens no more, for which the log above says why; the process ends");
            }
            Optional<String> dead = server.deadThread();
            if (dead.isPresent()) {
                return failed("push can't do without the thread " + dead.get() + ", which has ended; the process ends");
            }
            if (server.isReplaced()) {
                return failed("push has lost its database to another hub; the process ends");
            }
        }
        return true;
    }

    private boolean failed(String why) {
        hasFailed = true;
        LOG.log(ERROR, why);
        return false;
    }

    private void close() {
        isClosing = true;
        Duration drain = hasFailed ? DRAIN_AFTER_FAILURE : server.drainTimeout();
        haltAfter(drain.plus(hasFailed ? SURPLUS_AFTER_FAILURE : SURPLUS));
        try {
            server.close(drain);
        } catch (RuntimeException | Error e) {
            LOG.log(ERROR, "push failed to stop in order", e);
        } finally {
            Log.flush(FLUSH);
            closed.countDown();
        }
    }

    /** A database that does not answer, or a lock that is never given back, must not keep the process. */
    private void haltAfter(Duration time) {
        Thread.ofPlatform().daemon().name("push-halt").start(() -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                return; // nobody does that
            }
            LOG.log(ERROR, "push could not stop in time, and is ended as it is");
            Log.flush(FLUSH);
            Runtime.getRuntime().halt(hasFailed ? FAILED : TERMINATED);
        });
    }
}
