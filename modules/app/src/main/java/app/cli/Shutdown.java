package app.cli;

import static java.lang.System.Logger.Level.ERROR;

import app.PushServer;
import app.logging.Log;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of a serving process. The process ends on a signal, and then the JVM's shutdown hook closes the hub. The
 * process also ends by itself when it no longer accepts connections, when a thread that it needs has ended, or when
 * another hub has taken its database; then {@link #await} closes the hub. Every wait has a timeout.
 */
final class Shutdown {

    /** The time after the drain to stop the web server, the database and the export of spans. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    /** The drain timeout after a failure. The process must end within five seconds, so that it can be restarted. */
    private static final Duration DRAIN_AFTER_FAILURE = Duration.ofSeconds(1);

    private static final Duration STOP_TIMEOUT_AFTER_FAILURE = Duration.ofMillis(2500);

    /** The time to write the last lines of the log. The reader of stderr may have stopped reading. */
    private static final Duration FLUSH = Duration.ofSeconds(1);

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);

    /** The exit code that a shell reports for a process that was ended by SIGTERM. */
    private static final int TERMINATED = 143;

    private static final int FAILED = 1;

    private static final System.Logger LOG = System.getLogger(Shutdown.class.getName());

    private final PushServer server;
    private final Thread hook = new Thread(this::close, "push-shutdown");
    private final AtomicBoolean isClosing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean hasFailed;

    private Shutdown(PushServer server) {
        this.server = server;
    }

    /** Registers the shutdown hook. */
    static Shutdown register(PushServer server) {
        Shutdown shutdown = new Shutdown(server);
        Runtime.getRuntime().addShutdownHook(shutdown.hook);
        return shutdown;
    }

    /**
     * Waits until the hub is closed or has failed.
     *
     * @return true if a signal has closed the hub; false if the hub has failed and is closed, and the caller must end
     *     the process
     */
    boolean await() throws InterruptedException {
        while (!closed.await(CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
            if (isClosing.get()) {
                continue;
            }
            if (!server.isListening()) {
                return fail("push no longer accepts connections; the log line above has the reason; the process exits");
            }
            Optional<String> dead = server.deadThread();
            if (dead.isPresent()) {
                return fail("push cannot continue without the thread " + dead.get()
                        + ", which has ended; the process exits");
            }
            if (server.isReplaced()) {
                return fail("push has lost its database to another hub; the process exits");
            }
        }
        return true;
    }

    private boolean fail(String reason) {
        hasFailed = true;
        LOG.log(ERROR, reason);
        close();
        try {
            boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal has come meanwhile: the hook runs, and finds the hub closed.
        }
        return false;
    }

    private void close() {
        if (!isClosing.compareAndSet(false, true)) {
            return;
        }
        Duration drain = hasFailed ? DRAIN_AFTER_FAILURE : server.drainTimeout();
        Thread halting = haltAfter(drain.plus(hasFailed ? STOP_TIMEOUT_AFTER_FAILURE : STOP_TIMEOUT));
        try {
            server.close(drain);
        } catch (RuntimeException | Error e) {
            LOG.log(ERROR, "push did not stop cleanly", e);
        } finally {
            Log.flush(FLUSH);
            closed.countDown();
            halting.interrupt();
        }
    }

    /** Halts the JVM after the time. A database that does not respond, or a deadlock, must not keep it alive. */
    private Thread haltAfter(Duration time) {
        return Thread.ofPlatform().daemon().name("push-halt").start(() -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                return; // the hub has closed in time
            }
            LOG.log(ERROR, "push did not stop in time; the process is halted");
            Log.flush(FLUSH);
            Runtime.getRuntime().halt(hasFailed ? FAILED : TERMINATED);
        });
    }
}
