package push.gateway;

/** Timings for tests. */
final class TestTiming {

    /** The client does not pause between attempts, but reports the longest possible delays. The clock stands still. */
    static final Timing WITHOUT_DELAY = new Timing(FixedRandom.HIGHEST, delay -> {}, () -> 0L);

    private TestTiming() {}
}
