package push.engine;

/** Observes what a reader loses. */
@FunctionalInterface
interface LossListener {

    /**
     * The reader lost client events; {@code clientEvents} is the number since the last call.
     *
     * @param firstOfEpisode true if this is the first loss since the reader last caught up
     */
    void lost(long clientEvents, boolean firstOfEpisode);
}
