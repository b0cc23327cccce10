package idempotency;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Responses that were sent but could not be stored yet, because the database was unavailable. This process must not act
 * on requests with these keys again. The responses are lost if the process ends. Safe for any number of threads.
 */
final class UnstoredResponses {

    /** The limit on the responses together, in characters. */
    private static final long MAX_CHARS = 8 << 20;

    /** The size that counts for a response in addition to its text, in characters. */
    private static final int OVERHEAD_CHARS = 512;

    private final ConcurrentMap<KeyedRequest.Name, Unstored> responses = new ConcurrentHashMap<>();
    private final AtomicLong chars = new AtomicLong();

    /**
     * A response that is not stored yet.
     *
     * @param request the request that it answers
     */
    record Unstored(KeyedRequest request, KeyedResponse response) {

        private long size() {
            return (long) OVERHEAD_CHARS + response.json().length();
        }
    }

    /** Stores a response in the database. */
    @FunctionalInterface
    interface Store {

        /**
         * Stores a response.
         *
         * @throws database.DatabaseException when the response cannot be stored
         */
        void store(KeyedRequest request, KeyedResponse response);
    }

    /** The response that is kept under a key; empty when there is none. */
    Optional<Unstored> get(KeyedRequest.Name key) {
        return Optional.ofNullable(responses.get(key));
    }

    /** Whether no further request with a key may be accepted, because its response could be one too many. */
    boolean isFull() {
        return chars.get() >= MAX_CHARS;
    }

    /** Keeps a response until it can be stored. */
    void add(KeyedRequest request, KeyedResponse response) {
        Unstored unstored = new Unstored(request, response);
        responses.put(request.name(), unstored);
        chars.addAndGet(unstored.size());
    }

    /**
     * Stores all responses, and forgets them.
     *
     * @throws database.DatabaseException when a response still cannot be stored; it is kept
     */
    void storeAll(Store store) {
        responses.values().forEach(unstored -> {
            store.store(unstored.request(), unstored.response());
            if (responses.remove(unstored.request().name(), unstored)) {
                chars.addAndGet(-unstored.size());
            }
        });
    }
}
