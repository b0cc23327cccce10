/**
 * Clients that violate the protocol byte by byte. Frames, header blocks and requests are written by hand here, so that
 * a test can send what no library allows. {@link conformance.hostile.Http2Peer} speaks HTTP/2, and
 * {@link conformance.hostile.Http1Peer} HTTP/1; an HPACK decoder other than the hub's decodes the responses.
 */
@NullMarked
package conformance.hostile;

import org.jspecify.annotations.NullMarked;
