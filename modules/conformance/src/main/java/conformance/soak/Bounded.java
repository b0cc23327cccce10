package conformance.soak;

/** The hub stays within its budgets, and logs no failure of its own. */
final class Bounded implements Promise {

    /** The launcher's 256 MiB of heap, and the JVM with its cache, code, classes and stacks. */
    static final long MAX_RESIDENT_BYTES = 512L << 20;

    @Override
    public void check(Run run, Findings findings) {
        Samples samples = run.samples();
        if (samples.retainedBytes() <= 0 || samples.residentBytes() <= 0) {
            findings.add("the hub was not sampled: " + samples);
        }
        if (samples.retainedBytes() > run.phase().maxRetainedBytes()) {
            findings.add("%,d bytes were retained, but only %,d are allowed"
                    .formatted(samples.retainedBytes(), run.phase().maxRetainedBytes()));
        }
        if (samples.residentBytes() > MAX_RESIDENT_BYTES) {
            findings.add(
                    "the process uses %,d bytes, more than %,d".formatted(samples.residentBytes(), MAX_RESIDENT_BYTES));
        }
        samples.failures().forEach(line -> findings.add("the hub logged: " + line));
    }
}
