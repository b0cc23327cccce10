package app.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import app.logging.Log;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import testing.Await;
import threads.LongLived;
import threads.Steps;
import threads.ThreadWatch;
import threads.UnrecoverableException;

class ServeCommandTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final PrintStream err = System.err;
    private final StringWriter out = new StringWriter();

    @TempDir
    Path folder;

    @AfterEach
    void restoreStderr() {
        System.setErr(err);
        Thread.setDefaultUncaughtExceptionHandler(null);
    }

    private int serve() throws Exception {
        Path config = Files.writeString(folder.resolve("application.yaml"), """
                server: { port: 0 }
                push: { drain-timeout: PT0.1S }
                auth: { db: { url: "jdbc:h2:mem:serve" } }
                """);
        CommandLine line = PushCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        return line.execute("serve", "--config", config.toString());
    }

    private static List<Thread> listeners() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("server-@default-listener"))
                .toList();
    }

    /** Starts a hub, causes a failure that it cannot survive, and expects the command to end. */
    private void endsAfter(Runnable failure) throws Exception {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            Future<Integer> exit = threads.submit(this::serve);
            Await.until("the hub is ready", TIMEOUT, () -> out.toString().contains("push is ready") || exit.isDone());
            assertThat("the hub runs", exit.isDone(), is(false));
            failure.run();
            assertThat(exit.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS), is(PushCommand.FAILED));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void hubEndsWithItsListener() throws Exception {
        List<Thread> before = listeners();
        endsAfter(() ->
                listeners().stream().filter(thread -> !before.contains(thread)).forEach(Thread::interrupt));
    }

    @Test
    void hubEndsWithALongLivedThread() throws Exception {
        try (Steps steps = new Steps(LongLived.RELAY)) {
            endsAfter(() -> steps.run(() -> {
                throw new UnrecoverableException(new StackOverflowError("test"));
            }));
        }
    }

    @Test
    void errorThatEndsAnyOtherThreadIsCounted() throws Exception {
        Log.prepareForServing();
        long before = ThreadWatch.failures(LongLived.OTHER);
        Thread thread = Thread.ofVirtual().start(() -> {
            throw new StackOverflowError("test");
        });
        thread.join();
        Await.until("the error is counted", TIMEOUT, () -> ThreadWatch.failures(LongLived.OTHER) == before + 1);
    }
}
