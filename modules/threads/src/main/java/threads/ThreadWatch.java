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

/** How the long-lived threads of this process fare. Thread-safe; no method waits. */
public final class ThreadWatch {

    private static final Map<LongLived, AtomicLong> FAILURES = Arrays.stream(LongLived.values())
            .collect(Collectors.toUnmodifiableMap(any -> any, any -> new AtomicLong()));

    /** Those whose last step failed, and the dead ones. */
    private static final Set<Steps> TROUBLED = ConcurrentHashMap.newKeySet();

    private ThreadWatch() {}

    /** How many steps of these threads have failed since the process started. */
    public static long failures(LongLived thread) {
        return counter(thread).get();
    }

    /** The threads whose last step has failed, and the dead ones. */
    public static List<LongLived> failing() {
        return troubled(any -> true).toList();
    }

    /** A thread that has ended although its owner still needs it. */
    public static Optional<LongLived> dead() {
        return troubled(Steps::isDead).findFirst();
    }

    private static Stream<LongLived> troubled(Predicate<Steps> which) {
        return TROUBLED.stream().filter(which).map(Steps::thread).distinct();
    }

    /** Counts an error that was handled by its thread, or that ended a thread which has no steps. */
    public static void count(LongLived thread) {
        counter(thread).incrementAndGet();
    }

    private static AtomicLong counter(LongLived thread) {
        return Objects.requireNonNull(FAILURES.get(thread)); // there is one for each
    }

    static void add(Steps steps) {
        TROUBLED.add(steps);
    }

    static void remove(Steps steps) {
        TROUBLED.remove(steps);
    }
}
