package auth;

/**
 * The task to publish earlier revocations again, for a log that lacks them. If hubs share the log, one of them has the
 * task at a time. Safe for any number of threads.
 */
public interface RepublicationTask {

    /** Claims the task. Returns true if this hub has it now; false if there is none, or another hub has it. */
    boolean claim();

    /** Ends the task: everything was published again. */
    void end();

    /** Returns a task that there is never, for a log that keeps its events. */
    static RepublicationTask none() {
        return new RepublicationTask() {
            @Override
            public boolean claim() {
                return false;
            }

            @Override
            public void end() {}
        };
    }
}
