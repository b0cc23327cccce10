package push.transport.gate;

/** A connection whose deadlines the {@link StreamSupervisor} checks four times a second. */
interface Supervised {

    /**
     * Ends what has taken too long. This method must not wait.
     *
     * @param now the time on the scale of {@link StreamSupervisor#nanoTime}
     */
    void check(long now);
}
