/**
 * Who makes a call, and whether the caller may make it.
 *
 * <p>The hub has two doors: its HTTP calls and its gRPC calls. Each door asks one {@link access.Access} about each call,
 * with what the head of the request tells about the {@link access.Caller}, and acts on the {@link access.Decision}. The
 * composition root chooses the policy and passes the same one to both doors, which do not depend on each other.
 */
package access;
