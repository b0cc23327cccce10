package conformance.soak;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.PushEvent;
import push.protocol.v1.PushGrpc;

/**
 * A gateway on grpc-java's own client that records everything it receives, and reconnects after every end with its last
 * cursor.
 *
 * <p>The channel must call back in its own threads, one call at a time. All other code runs in the one thread that
 * calls {@link #connect}, {@link #tick} and {@link #close}.
 */
final class Subscriber {

    private static final long END_SECONDS = 20;

    private final String id;
    private final Profile profile;
    private final ManagedChannel channel;
    private final Epoch epoch;
    private final Progress progress;
    private final SplittableRandom random;
    private final Demand demand;
    private final Transcript transcript = new Transcript();
    private final Recorder recorder;

    private @Nullable Stream stream;
    private volatile boolean closing;
    private volatile @Nullable Absence absence;
    private volatile String cursor;

    /** Written after the transcript, so that a reader of this field finds the message in the transcript. */
    private volatile long sequence;

    Subscriber(
            String id,
            Profile profile,
            ManagedChannel channel,
            Epoch epoch,
            Progress progress,
            SplittableRandom random) {
        this.id = id;
        this.profile = profile;
        this.channel = channel;
        this.epoch = epoch;
        this.progress = progress;
        this.random = random;
        this.demand = profile.slow() ? new IntermittentDemand(random.split()) : Demand.steady();
        this.recorder = new Recorder(epoch, transcript);
        this.cursor = epoch.cursor(0);
    }

    Profile profile() {
        return profile;
    }

    /** The sequence of the last cursor that the subscriber received. */
    long sequence() {
        return sequence;
    }

    /** The transcript. Read it only after {@link #close}. */
    Seen seen() {
        return new Seen(id, profile, transcript);
    }

    /** Subscribes. */
    void connect() {
        absence = null;
        transcript.note(new Note.Connected(epoch.sequence(cursor)));
        // After a broken connection, the channel must not back off.
        channel.resetConnectBackoff();
        stream = new Stream(profile.request(id, cursor));
    }

    /** Reconnects or requests messages if that is due. Must be called periodically. */
    void tick(long now, boolean calm) {
        Absence away = absence;
        if (away != null && away.isOver(now, progress.head(), calm)) {
            connect();
        } else if (away == null && stream != null) {
            stream.take(demand.atTick(progress.head(), calm));
        }
    }

    /** Ends the stream, if there is one, and stops recording. */
    void close() throws InterruptedException {
        closing = true;
        if (stream != null) {
            stream.close();
        }
        channel.shutdownNow();
    }

    @Override
    public String toString() {
        return id + " at " + sequence + (absence == null ? "" : ", away");
    }

    /** One call and its callbacks. */
    private final class Stream extends ClientCall.Listener<PushEvent> {

        private final ClientCall<GatewaySubscribeRequest, PushEvent> call =
                channel.newCall(PushGrpc.getSubscribePushMethod(), CallOptions.DEFAULT.withWaitForReady());
        private final CountDownLatch ended = new CountDownLatch(1);

        Stream(GatewaySubscribeRequest request) {
            call.start(this, new Metadata());
            call.request(demand.atStart());
            call.sendMessage(request);
            call.halfClose();
        }

        void take(int messages) {
            if (messages > 0) {
                call.request(messages);
            }
        }

        void close() throws InterruptedException {
            call.cancel("the soak is over", null);
            if (!ended.await(END_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the call of " + id + " did not end when it was cancelled");
            }
        }

        @Override
        public void onMessage(PushEvent event) {
            long at = recorder.record(event);
            if (!event.getCursor().isEmpty()) {
                cursor = event.getCursor();
                sequence = at;
            }
            take(demand.afterMessage());
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (!closing) {
                transcript.note(new Note.Ended(status));
                absence = Absence.from(System.nanoTime(), progress.head(), random);
            }
            ended.countDown();
        }
    }
}
