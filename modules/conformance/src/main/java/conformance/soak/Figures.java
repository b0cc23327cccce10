package conformance.soak;

import java.util.Locale;

/** The figures of a run. */
public final class Figures {

    private final Run run;
    private long events;
    private long invalidations;
    private long connections;
    private long gaps;
    private long missed;
    private long stalled;

    private Figures(Run run) {
        this.run = run;
    }

    /** Counts the figures of a run. */
    public static Figures of(Run run) {
        Figures figures = new Figures(run);
        run.seen().forEach(seen -> seen.transcript().readTo(figures.new Counter()));
        return figures;
    }

    /** The connections after the first one of each subscriber. */
    long reconnects() {
        return connections - run.seen().size();
    }

    long gaps() {
        return gaps;
    }

    long deliveries() {
        return events + invalidations;
    }

    @Override
    public String toString() {
        double seconds = run.load().toMillis() / 1_000.0;
        Published published = run.published();
        Samples samples = run.samples();
        return String.format(
                Locale.ROOT,
                "soak \"%s\": seed %d, %.0f s, %d subscribers; published %,d client events and %,d revocations (%,.0f/s);"
                        + " delivered %,d (%,.0f/s); %,d reconnects, %,d ended as stalled, faults %s;"
                        + " %,d gaps, %,d missed; retained at most %,d bytes, resident %,d MiB",
                run.phase(),
                run.seed(),
                seconds,
                run.seen().size(),
                published.clientEvents(),
                published.revocations().size(),
                published.head() / seconds,
                deliveries(),
                deliveries() / seconds,
                reconnects(),
                stalled,
                samples.faults(),
                gaps,
                missed,
                samples.retainedBytes(),
                samples.residentBytes() >> 20);
    }

    private final class Counter implements Transcript.Reader {

        @Override
        public void clientEvent(long sequence, int fingerprint) {
            events++;
        }

        @Override
        public void invalidation(long sequence, long fingerprint) {
            invalidations++;
        }

        @Override
        public void note(Note note) {
            switch (note) {
                case Note.Connected connected -> connections++;
                case Note.Gap gap -> {
                    gaps++;
                    missed += gap.missed();
                }
                case Note.Ended ended
                when String.valueOf(ended.status().getDescription()).contains("stalled") -> stalled++;
                default -> {}
            }
        }
    }
}
