/**
 * Clients that break the rules, one byte at a time. Frames, header blocks and requests are written by hand here, so
 * that a test can say what no library lets it say. {@link conformance.hostile.Http2Peer} speaks HTTP/2 and
 * {@link conformance.hostile.Http1Peer} HTTP/1; what comes back is read by an HPACK decoder that is not the hub's.
 */
@NullMarked
package conformance.hostile;

import org.jspecify.annotations.NullMarked;
