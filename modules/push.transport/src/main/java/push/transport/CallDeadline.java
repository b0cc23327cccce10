package push.transport;

import io.grpc.Status;
import io.grpc.StatusException;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import push.engine.End;
import push.transport.gate.StreamSupervisor;

/**
 * The deadline of a call. It counts from the opening of the stream, so that the time that a decision about the call
 * takes is part of it. Safe for any thread.
 */
final class CallDeadline {

    private final StreamSupervisor supervisor;
    private volatile @Nullable Future<?> timer;

    CallDeadline(StreamSupervisor supervisor) {
        this.supervisor = supervisor;
    }

    /**
     * Starts the timer, if the call has a timeout.
     *
     * @param timeoutNanos the timeout of the call, in nanoseconds; empty if the call has none
     * @param openedAt when the stream was opened, on the scale of {@link StreamSupervisor#nanoTime}
     * @param whenPassed run on the supervisor's thread when the deadline passes; must not wait
     * @throws StatusException if the deadline has already passed: the call must not begin
     */
    void start(Optional<Long> timeoutNanos, long openedAt, Runnable whenPassed) throws StatusException {
        if (timeoutNanos.isEmpty()) {
            return;
        }
        long left = timeoutNanos.get() - (supervisor.nanoTime() - openedAt);
        if (left <= 0) {
            Status late = EndStatus.of(End.DEADLINE_EXCEEDED);
            throw late.asException();
        }
        timer = supervisor.after(left, whenPassed);
    }

    /** Stops the timer. Idempotent. */
    void cancel() {
        Future<?> started = timer;
        if (started != null) {
            started.cancel(false);
        }
    }
}
