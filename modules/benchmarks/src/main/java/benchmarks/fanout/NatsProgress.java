package benchmarks.fanout;

import java.nio.ByteBuffer;

/**
 * How far an audience has come, told to a publisher that can't ask the server.
 *
 * @param next the first event that not everybody has
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
