package push.transport.gate;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The threads on which Helidon serves the streams of one connection. Ends a stream that its handler leaves without a
 * response, and ends the threads that still wait when the connection has ended. Thread-safe; guarded by the
 * connection's {@link Http2Streams}.
 */
final class StreamThreads {

    /** How long an interrupted thread may take to end before it is interrupted again, in nanoseconds. */
    private static final long INTERRUPT_NANOS = 20_000_000;

    private final Http2Streams streams;
    private final InboundBodies bodies;
    private final StreamEnds ends;
    private final SerialWriter writer;
    private final LongSupplier nanoTime;
    private boolean inputEnded; // guarded by the streams

    StreamThreads(
            Http2Streams streams, InboundBodies bodies, StreamEnds ends, SerialWriter writer, LongSupplier nanoTime) {
        this.streams = streams;
        this.bodies = bodies;
        this.ends = ends;
        this.writer = writer;
        this.nanoTime = nanoTime;
    }

    /**
     * Helidon has submitted the task that serves a stream.
     *
     * @param id the stream's identifier; the stream may have been forgotten already
     * @return the callbacks of the task
     */
    StreamExecutor.TaskListener submitted(int id) {
        Http2Stream stream;
        synchronized (streams) {
            stream = streams.get(id);
            if (stream != null) {
                stream.isSubmitted = true;
            }
        }
        return stream == null ? StreamExecutor.TaskListener.NONE : new StreamTask(stream);
    }

    /** Helidon has been given the end of a stream's request, or a reset. */
    void requestEnded(int id) {
        synchronized (streams) {
            Http2Stream stream = streams.get(id);
            if (stream != null) {
                stream.isEndDelivered = true;
            }
        }
    }

    private final class StreamTask implements StreamExecutor.TaskListener {

        private final Http2Stream stream;

        StreamTask(Http2Stream stream) {
            this.stream = stream;
        }

        @Override
        public void started() {
            synchronized (streams) {
                stream.servedBy = Thread.currentThread();
                if (inputEnded && waitsForFrames(stream)) {
                    interrupt(stream);
                }
            }
        }

        @Override
        public void ended() {
            boolean hasFailed;
            synchronized (streams) {
                stream.servedBy = null;
                Thread.interrupted(); // the thread may run something else next
                stream.isServed = false;
                bodies.drop(stream); // Helidon no longer reports which frames a handler takes
                // A push stream may be answered by another thread.
                hasFailed = !stream.localEnded && stream.listener == null;
                streams.forgetIfDone(stream, nanoTime.getAsLong());
            }
            if (hasFailed) { // its handler ended without a response
                ends.reset(stream, Http2.INTERNAL_ERROR);
            }
            writer.flushControls();
            stream.runWhenServed();
        }
    }

    /**
     * Helidon gets no more frames: interrupts the threads that wait for frames, because nothing else wakes them. A
     * handler may swallow an interrupt, and then wait again, so a separate thread repeats the interrupts until all such
     * threads have ended. (The connection's own thread may itself be interrupted.) {@link Http2Streams#end} notifies
     * push streams.
     */
    void endInput() {
        boolean any;
        synchronized (streams) {
            inputEnded = true;
            any = interruptWaiting();
        }
        if (any) {
            Thread.ofVirtual().name("push-stream-ends").start(this::interruptUntilServed);
        }
    }

    private void interruptUntilServed() {
        do {
            LockSupport.parkNanos(this, INTERRUPT_NANOS);
        } while (interruptWaiting());
    }

    /** Interrupts the threads that wait for frames. Returns false if no thread waits for frames, or will. */
    private boolean interruptWaiting() {
        boolean any = false;
        synchronized (streams) {
            for (Http2Stream stream : streams.all()) {
                if (waitsForFrames(stream)) {
                    any = true;
                    interrupt(stream);
                }
            }
        }
        return any;
    }

    /**
     * Once its request is complete, an HTTP handler waits for no more frames. A gRPC call, such as a health watch,
     * waits until it is reset.
     */
    private static boolean waitsForFrames(Http2Stream stream) {
        boolean endsByReset = stream.isGrpc && stream.listener == null;
        return stream.isSubmitted && stream.isServed && (endsByReset || !stream.isEndDelivered);
    }

    private static void interrupt(Http2Stream stream) {
        Thread thread = stream.servedBy;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
