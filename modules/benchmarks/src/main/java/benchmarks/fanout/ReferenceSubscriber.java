package benchmarks.fanout;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import push.protocol.v1.PushEvent;

/** A queue, and a thread that writes its events to the stream, one after another, whenever the stream is ready. */
final class ReferenceSubscriber {

    /** How many events the subscriber may lag. */
    static final int QUEUE = 256;

    private final ServerCallStreamObserver<PushEvent> stream;
    private final BlockingQueue<PushEvent> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Semaphore ready = new Semaphore(0);
    private final BiConsumer<String, ReferenceSubscriber> unregister;
    private volatile Thread thread = Thread.currentThread();
    private volatile Status end = Status.OK;

    ReferenceSubscriber(
            ServerCallStreamObserver<PushEvent> stream, BiConsumer<String, ReferenceSubscriber> unregister) {
        this.stream = stream;
        this.unregister = unregister;
        stream.setOnReadyHandler(ready::release);
    }

    void start(String id, List<PushEvent> replay) {
        Thread writer = Thread.ofVirtual().unstarted(() -> write(replay));
        thread = writer;
        stream.setOnCancelHandler(() -> {
            unregister.accept(id, this);
            writer.interrupt();
        });
        writer.start();
    }

    void end(Status status) {
        end = status;
        thread.interrupt();
    }

    private void write(List<PushEvent> replay) {
        try {
            for (PushEvent event : replay) {
                write(event);
            }
            while (true) {
                write(queue.take());
            }
        } catch (InterruptedException e) {
            if (!stream.isCancelled()) {
                stream.onError(end.asRuntimeException());
            }
        }
    }

    private void write(PushEvent event) throws InterruptedException {
        while (!stream.isReady()) { // otherwise grpc-java would queue without a limit
            ready.acquire();
            ready.drainPermits();
        }
        stream.onNext(event);
    }

    /** Called under the service's lock: never waits. */
    boolean deliver(PushEvent event) {
        return queue.offer(event);
    }

    int room() {
        return queue.remainingCapacity();
    }
}
