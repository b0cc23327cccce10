/**
 * Who makes a call, and whether the caller may make it.
 *
 * <p>The hub has two doors: its HTTP calls and its gRPC calls. Each door describes each call to one
 * {@link access.Access}, as a {@link access.Caller}, and acts on the {@link access.Decision}. The composition root
 * chooses the policy, and passes the same policy to both doors. The doors do not depend on each other.
 */
package access;
