package app.cli;

import static java.lang.System.Logger.Level.ERROR;

import app.PushServer;
import app.logging.Log;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How a serving process ends: told to by a signal, or by itself when nobody can connect any more. Either way the hub is closed
 * first, by the JVM's shutdown hook, and whatever hangs meanwhile is not waited for without a bound.
 */
final class Ending {

    /** Beside the drain: for the web server, the database, the collector of spans. */
    private static final Duration SURPLUS = Duration.ofSeconds(5);

    /** When nobody can connect any more: the process is to be gone, and started anew, within five seconds. */
    private static final Duration DRAIN_WITHOUT_LISTENER = Duration.ofSeconds(1);

    private static final Duration SURPLUS_WITHOUT_LISTENER = Duration.ofMillis(2500);

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
    private volatile boolean listenerIsGone;

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
     * @return false when the server listens no more, upon which the process is to be ended
     */
    boolean await() throws InterruptedException {
        while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            if (!server.isListening() && !isClosing) {
                listenerIsGone = true;
                LOG.log(ERROR, "push listens no more, for which the log above says why; the process ends");
                return false;
            }
        }
        return true;
    }

    private void close() {
        isClosing = true;
        Duration drain = listenerIsGone ? DRAIN_WITHOUT_LISTENER : server.drainTimeout();
        haltAfter(drain.plus(listenerIsGone ? SURPLUS_WITHOUT_LISTENER : SURPLUS));
        try {
            server.close(drain);
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
            Runtime.getRuntime().halt(listenerIsGone ? FAILED : TERMINATED);
        });
    }
}
