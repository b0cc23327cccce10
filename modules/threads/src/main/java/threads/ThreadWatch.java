package threads;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The state of the long-lived threads of this process. Thread-safe; no method waits. */
public final class ThreadWatch {

    private static final Map<LongLived, AtomicLong> FAILURES = Arrays.stream(LongLived.values())
            .collect(Collectors.toUnmodifiableMap(any -> any, any -> new AtomicLong()));

    /** The threads whose last step failed, and the dead threads. */
    private static final Set<Steps> FAILING = ConcurrentHashMap.newKeySet();

    private ThreadWatch() {}

    /** Returns how many steps of this kind of thread have failed since the process started. */
    public static long failures(LongLived thread) {
        return counter(thread).get();
    }

    /** Returns the threads whose last step failed, and the dead threads. */
    public static List<LongLived> failing() {
        return failing(any -> true).toList();
    }

    /** Returns a thread that has ended although its owner still needs it; empty if there is none. */
    public static Optional<LongLived> dead() {
        return failing(Steps::isDead).findFirst();
    }

    private static Stream<LongLived> failing(Predicate<Steps> which) {
        return FAILING.stream().filter(which).map(Steps::thread).distinct();
    }

    /** Counts an error that the thread handled itself, or that ended a thread without steps. */
    public static void count(LongLived thread) {
        counter(thread).incrementAndGet();
    }

    private static AtomicLong counter(LongLived thread) {
        return Objects.requireNonNull(FAILURES.get(thread)); // there is one for each
    }

    static void add(Steps steps) {
        FAILING.add(steps);
    }

    static void remove(Steps steps) {
        FAILING.remove(steps);
    }
}
