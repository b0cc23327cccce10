package conformance.soak;

/** The hub stays within its budgets, and does not fail by itself. */
final class Bounded implements Promise {

    /** The launcher's 256 MiB of heap, and the JVM itself with its cache, code, classes and stacks. */
    static final long MAX_RESIDENT_BYTES = 512L << 20;

    @Override
    public void check(Run run, Findings findings) {
        Samples samples = run.samples();
        if (samples.retainedBytes() <= 0 || samples.residentBytes() <= 0) {
            findings.add("the hub was not looked at: " + samples);
        }
        if (samples.retainedBytes() > run.phase().maxRetainedBytes()) {
            findings.add("%,d bytes were retained, where %,d are allowed"
                    .formatted(samples.retainedBytes(), run.phase().maxRetainedBytes()));
        }
        if (samples.residentBytes() > MAX_RESIDENT_BYTES) {
            findings.add("the process takes %,d bytes, more than %,d"
                    .formatted(samples.residentBytes(), MAX_RESIDENT_BYTES));
        }
        samples.failures().forEach(line -> findings.add("the hub logged: " + line));
    }
}
