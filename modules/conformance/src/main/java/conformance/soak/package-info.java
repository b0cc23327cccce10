/**
 * A soak: many gateways against one hub, over connections that break, while publishers run at full speed.
 *
 * <p>{@link conformance.soak.Soak} runs one {@link conformance.soak.Phase} with the gateways of a {@link
 * conformance.soak.Mix}. What was published is kept in {@link conformance.soak.Published}, what each gateway saw in a
 * {@link conformance.soak.Transcript}; both are only written down while the load lasts. Afterwards each {@link
 * conformance.soak.Promise} is held against them, and {@link conformance.soak.Verdict} says which were broken.
 */
package conformance.soak;
