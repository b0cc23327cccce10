package benchmarks.fanout;

import java.nio.ByteBuffer;

/**
 * The progress of the subscribers, sent to a publisher that cannot ask the server.
 *
 * @param next the first event that not every subscriber has received
 */
record NatsProgress(int subscribers, long next) {

    static NatsProgress of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new NatsProgress(buffer.getInt(), buffer.getLong());
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(subscribers)
                .putLong(next)
                .array();
    }
}
