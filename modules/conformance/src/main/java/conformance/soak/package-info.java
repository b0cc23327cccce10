/**
 * A soak test: many gateways on one hub, over unreliable connections, while publishers run at full speed.
 *
 * <p>{@link conformance.soak.Soak} runs one {@link conformance.soak.Phase} with the gateways of a
 * {@link conformance.soak.Mix}. {@link conformance.soak.Published} holds the published events, and a
 * {@link conformance.soak.Transcript} holds what a gateway received. While the load runs, both are only recorded.
 * Afterwards each {@link conformance.soak.Promise} is checked against them, and {@link conformance.soak.Verdict}
 * reports the broken ones.
 */
package conformance.soak;
