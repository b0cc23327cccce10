package push.transport;

import push.engine.Entry;

/** Told what happens on the streams, for metrics. Called on their own threads: must not wait or throw. */
public interface TransportObserver {

    /**
     * A batch was written.
     *
     * @param first the entry in it that had waited longest
     */
    void wrote(Entry first);

    /**
     * A stream ended.
     *
     * @param status the name of the gRPC status code
     */
    void ended(String status);

    /** Hears nothing. */
    static TransportObserver none() {
        return new TransportObserver() {
            @Override
            public void wrote(Entry first) {}

            @Override
            public void ended(String status) {}
        };
    }
}
