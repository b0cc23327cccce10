/**
 * The log: the destination and the format of {@code java.util.logging} records.
 *
 * <p>Each record goes to {@link app.logging.StderrHandler}. {@code Origin} decides whether a peer caused it, {@code
 * PeerResolver} finds that peer, {@code RecordCategory} and {@code LogRateLimiter} decide whether the record is written
 * or only counted, {@code LineFormat} formats it, and {@code LineQueue} passes the text to the thread that writes it to
 * stderr. The thread that logs never waits for that write. {@code etc/logging.properties} configures the handler. The
 * rest of this module calls {@link app.logging.Log}.
 */
@NullMarked
package app.logging;

import org.jspecify.annotations.NullMarked;
