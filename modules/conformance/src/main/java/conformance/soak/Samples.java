package conformance.soak;

import java.util.List;
import java.util.Map;
import testing.Fault;

/**
 * What was seen of the hub from outside, and of the network.
 *
 * @param retainedBytes the most that its status said
 * @param residentBytes of its process, at the end
 * @param failures lines of its log that say that it failed itself
 * @param faults how often each has happened
 */
record Samples(long retainedBytes, long residentBytes, List<String> failures, Map<Fault.Kind, Long> faults) {}
