package app.metrics;

import app.logging.Log;
import threads.LongLived;
import threads.ThreadWatch;

/** The metrics that belong to the process rather than to a hub: lost log lines, and failures of threads. */
public final class ProcessMetrics {

    private ProcessMetrics() {}

    /** Adds the metrics. Every series exists from this call on. */
    public static void addTo(Meters meters) {
        meters.functionalCounter(
                "grpc_push_log_lines_dropped_total",
                "Log lines that were suppressed because they were similar, or dropped because stderr was not read.",
                Log::dropped);
        for (LongLived thread : LongLived.values()) {
            meters.functionalCounter(
                    "push_threads_failed_total",
                    "Failures of threads that live as long as the hub, by thread. A thread continues after a failure.",
                    () -> ThreadWatch.failures(thread),
                    Meters.label("thread", thread.label()));
        }
    }
}
