package database;

import java.util.function.Function;

/**
 * The result of a transaction that is committed, but may still be lost in a power cut.
 *
 * @param result the result of the transaction's work
 * @param sync waits until the transaction survives a power cut
 */
record Committed<T>(T result, Runnable sync) {

    <R> Committed<R> map(Function<T, R> function) {
        return new Committed<>(function.apply(result), sync);
    }

    /**
     * Waits until the transaction survives a power cut, and returns the result.
     *
     * @throws DatabaseUnavailable when the transaction may not survive a power cut
     */
    T durable() {
        sync.run();
        return result;
    }
}
