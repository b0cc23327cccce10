/**
 * The runtime image as an outsider uses it: {@link conformance.Image} finds it and runs its commands, {@link
 * conformance.HubProcess} is a hub in a process of its own, {@link conformance.HubApi} its HTTP calls.
 */
package conformance;
