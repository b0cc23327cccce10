package conformance.soak;

import java.util.List;
import java.util.Map;
import testing.Fault;

/**
 * Measurements of the hub from outside, and of the network.
 *
 * @param retainedBytes the maximum that the hub's status reported
 * @param residentBytes the resident memory of the process at the end
 * @param failures the log lines that report a failure of the hub itself
 * @param faults the number of faults of each kind
 */
record Samples(long retainedBytes, long residentBytes, List<String> failures, Map<Fault.Kind, Long> faults) {}
