package app;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many threads carry the virtual ones of a process that has not begun to use any. */
class CarrierThreadsTest {

    private static final String COUNT = "jdk.virtualThreadScheduler.parallelism";

    private final @Nullable String before = System.getProperty(COUNT);

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(COUNT);
        } else {
            System.setProperty(COUNT, before);
        }
    }

    @Test
    void areFourOfAProcessor() {
        System.clearProperty(COUNT);
        CarrierThreads.provide();
        assertThat(Integer.getInteger(COUNT), is(4 * Runtime.getRuntime().availableProcessors()));
    }

    @Test
    void areAsManyAsTheCommandLineSays() {
        System.setProperty(COUNT, "3");
        CarrierThreads.provide();
        assertThat(Integer.getInteger(COUNT), is(3));
    }
}
