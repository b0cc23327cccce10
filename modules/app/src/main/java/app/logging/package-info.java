/**
 * The log: where records of {@code java.util.logging} go, and in which form.
 *
 * <p>A record passes through {@link app.logging.StderrHandler}. {@code Origin} decides whether a peer caused it, {@code
 * LogRate} whether it is written or only counted, {@code LineFormat} makes text of it, and {@code LineQueue} hands that to the
 * thread that writes it to stderr. The thread that logs never waits for that write. {@code etc/logging.properties} names the
 * handler, {@link app.logging.Log} is what the rest of this module calls.
 */
@NullMarked
package app.logging;

import org.jspecify.annotations.NullMarked;
