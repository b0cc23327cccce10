package push.transport.gate;

/** What the {@link StreamSupervisor} looks at four times a second: the place for deadlines of a connection. */
interface Supervised {

    /**
     * Ends what has taken too long. It must not wait.
     *
     * @param now on the scale of {@link StreamSupervisor#nanoTime}
     */
    void look(long now);
}
