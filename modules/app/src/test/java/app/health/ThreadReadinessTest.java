package app.health;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.helidon.health.HealthCheckResponse.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import threads.LongLived;
import threads.Steps;
import threads.UnrecoverableException;

class ThreadReadinessTest {

    private static Status status() {
        return new ThreadReadiness().call().status();
    }

    private static boolean fail() {
        throw new StackOverflowError("test");
    }

    @ParameterizedTest
    @EnumSource
    void downWhileANeededThreadFails(LongLived thread) {
        try (Steps steps = new Steps(thread)) {
            assertThat(status(), is(Status.UP));
            steps.attempt(ThreadReadinessTest::fail);
            assertThat(status(), is(thread.isNeeded() ? Status.DOWN : Status.UP));
            steps.attempt(() -> true);
            assertThat(status(), is(Status.UP));
        }
    }

    @ParameterizedTest
    @EnumSource
    void downWhileAnyThreadIsDead(LongLived thread) {
        try (Steps steps = new Steps(thread)) {
            steps.run(() -> {
                throw new UnrecoverableException(new IllegalStateException("test"));
            });
            assertThat(status(), is(Status.DOWN));
        }
        assertThat(status(), is(Status.UP));
    }
}
