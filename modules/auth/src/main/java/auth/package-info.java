/**
 * Device sessions: opened, looked up, revoked.
 *
 * <p>{@link auth.SessionRoutes} serves the HTTP calls, {@link auth.Sessions} decides, and the tables are those of
 * {@link auth.Schema}. A session is revoked and its {@link auth.Revocation} is added in one transaction, so neither
 * exists without the other. The {@link auth.Relay} then publishes every revocation as a session invalidation, at least
 * once. {@link auth.RevocationRoutes} lists the revocations for a gateway that starts.
 */
package auth;
