/**
 * Device sessions: opened, looked up, revoked.
 *
 * <p>{@link auth.SessionRoutes} is the HTTP face, {@link auth.Sessions} decides, and the tables are those of
 * {@link auth.Schema}. Revoking a session and the {@link auth.Revocation} that tells of it are one transaction, so that
 * neither is ever there without the other; the {@link auth.Relay} then has every revocation published as a session
 * invalidation, at least once. {@link auth.RevocationRoutes} shows what is revoked to a gateway that starts.
 */
package auth;
