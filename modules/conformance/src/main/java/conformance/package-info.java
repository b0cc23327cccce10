/**
 * Tools to use the runtime image from outside: {@link conformance.Image} finds the image and runs its commands,
 * {@link conformance.HubProcess} is a hub in its own process, and {@link conformance.HubApi} makes HTTP calls to it.
 */
package conformance;
