/**
 * Device sessions: opened, looked up, revoked.
 *
 * <p>{@link auth.SessionRoutes} is the HTTP face, {@link auth.Sessions} decides, a {@link
 * auth.SessionStore} remembers. What is revoked goes to the hub as a session invalidation.
 */
package auth;
