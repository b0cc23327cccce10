package push.transport.gate;

import java.util.Arrays;

/**
 * The bytes that have been received and not used yet, in one array. For one thread at a time.
 */
final class ByteQueue {

    private byte[] array = new byte[0];
    private int from;
    private int to;

    /**
     * Adds bytes at the end.
     *
     * @param bytes the bytes; the queue takes ownership of the array
     */
    void add(byte[] bytes) {
        if (size() == 0) {
            array = bytes;
            from = 0;
            to = bytes.length;
            return;
        }
        int size = size();
        if (array.length - to < bytes.length) {
            byte[] wider = size + bytes.length <= array.length / 2
                    ? array
                    : new byte[Math.max(size + bytes.length, Math.min(2 * size, size + (1 << 13)))];
            System.arraycopy(array, from, wider, 0, size);
            array = wider;
            from = 0;
            to = size;
        }
        System.arraycopy(bytes, 0, array, to, bytes.length);
        to += bytes.length;
    }

    int size() {
        return to - from;
    }

    /** The array that holds the bytes, from {@link #from} to {@link #to}. */
    byte[] array() {
        return array;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** The byte at this offset from the start, without using it. */
    byte peek(int at) {
        return array[from + at];
    }

    /** Uses and returns the next byte. */
    byte next() {
        return array[from++];
    }

    /** Uses {@code n} bytes, and returns the index in the array at which they begin. */
    int skip(int n) {
        int start = from;
        from += n;
        return start;
    }

    /** Removes and returns all bytes. */
    byte[] drain() {
        byte[] all = Arrays.copyOfRange(array, from, to);
        from = to;
        return all;
    }
}
