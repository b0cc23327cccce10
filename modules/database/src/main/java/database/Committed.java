package database;

import java.util.function.Function;

/**
 * What came of a transaction that is committed, and may yet be lost in a power cut.
 *
 * @param result of its work
 * @param sync waits until it survives one
 */
record Committed<T>(T result, Runnable sync) {

    <R> Committed<R> map(Function<T, R> function) {
        return new Committed<>(function.apply(result), sync);
    }

    /**
     * The result, once it survives a power cut.
     *
     * @throws DatabaseUnavailable when it may not
     */
    T durable() {
        sync.run();
        return result;
    }
}
