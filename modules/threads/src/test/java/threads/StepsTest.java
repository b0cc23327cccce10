package threads;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StepsTest {

    private static final LongLived THREAD = LongLived.RELAY;

    private final List<Long> pauses = new ArrayList<>();
    private final Steps steps = new Steps(THREAD, true, pauses::add);
    private final long before = ThreadWatch.failures(THREAD);

    @AfterEach
    void close() {
        steps.close();
    }

    private long failures() {
        return ThreadWatch.failures(THREAD) - before;
    }

    /** All kinds of throwables, including checked ones. */
    static List<Throwable> anything() {
        return List.of(
                new IllegalStateException("test"),
                new StackOverflowError("test"),
                new OutOfMemoryError("test"),
                new NoClassDefFoundError("test"),
                new AssertionError("test"),
                new InterruptedException("test"),
                new Throwable("test"),
                new Error("test") {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String getMessage() {
                        throw new IllegalStateException("while it is logged");
                    }
                });
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> boolean fail(Throwable failure) throws E {
        throw (E) failure;
    }

    @ParameterizedTest
    @MethodSource("anything")
    void continuesWhateverAStepThrows(Throwable failure) {
        Deque<Throwable> failing = new ArrayDeque<>(List.of(failure));
        List<Boolean> failedBefore = new ArrayList<>();
        steps.run(() -> {
            failedBefore.add(ThreadWatch.failing().contains(THREAD));
            return failing.isEmpty() ? failedBefore.size() < 3 : StepsTest.<RuntimeException>fail(failing.pop());
        });
        assertThat("is failing until a step succeeds", failedBefore, is(List.of(false, true, false)));
        assertThat(failures(), is(1L));
        assertThat(ThreadWatch.failing(), is(empty()));
        assertThat(ThreadWatch.dead(), is(Optional.empty()));
    }

    @Test
    void pausesGrowDuringFailuresAndRestartAfterASuccess() {
        List<Integer> run = new ArrayList<>();
        steps.run(() -> {
            run.add(run.size());
            if (run.size() <= 12 || run.size() == 14) {
                throw new IllegalStateException("test");
            }
            return run.size() < 15;
        });
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            expected.add(Steps.FIRST_PAUSE_NANOS << i);
        }
        expected.addAll(List.of(Steps.MAX_PAUSE_NANOS, Steps.MAX_PAUSE_NANOS, Steps.FIRST_PAUSE_NANOS));
        assertThat(pauses, is(expected));
        assertThat(failures(), is(13L));
    }

    @Test
    void isDeadOnceNoStepCanSucceed() {
        steps.run(() -> {
            throw new UnrecoverableException(new IllegalStateException("test"));
        });
        assertThat(ThreadWatch.dead(), is(Optional.of(THREAD)));
        assertThat(ThreadWatch.failing(), hasItem(THREAD));
        assertThat(failures(), is(1L));
        steps.close();
        assertThat(ThreadWatch.dead(), is(Optional.empty()));
        assertThat(ThreadWatch.failing(), is(empty()));
    }

    @Test
    void isDeadIfEvenTheHandlingOfAFailureFails() {
        Steps stuck = new Steps(THREAD, true, nanos -> {
            throw new StackOverflowError("test");
        });
        try (stuck) {
            stuck.run(() -> {
                throw new IllegalStateException("test");
            });
            assertThat(ThreadWatch.dead(), is(Optional.of(THREAD)));
        }
    }

    @Test
    void stepOfAnExecutorIsCountedToo() {
        assertThat(
                steps.attempt(() -> {
                    throw new StackOverflowError("test");
                }),
                is(true));
        assertThat(ThreadWatch.failing(), hasItem(THREAD));
        assertThat(steps.attempt(() -> true), is(true));
        assertThat(ThreadWatch.failing(), is(empty()));
        assertThat(
                steps.attempt(() -> {
                    throw new UnrecoverableException(new IllegalStateException("test"));
                }),
                is(false));
        assertThat(ThreadWatch.dead(), is(Optional.of(THREAD)));
    }

    @Test
    void noStepFollowsTheLast() {
        List<String> run = new ArrayList<>();
        steps.run(() -> {
            run.add("step");
            return false;
        });
        assertThat(run, is(List.of("step")));
    }
}
