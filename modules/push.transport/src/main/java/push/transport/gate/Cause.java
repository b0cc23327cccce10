package push.transport.gate;

import java.util.Locale;

/**
 * Why the hub ended a connection because of its peer.
 */
public enum Cause {

    /** The hub holds as many connections as it may. */
    TOO_MANY_CONNECTIONS,

    /** No complete request head or HTTP/2 preface arrived in time. The TLS handshake is part of that time. */
    UNIDENTIFIED,

    /** A newer connection of the same address took the place of one that had not sent a request head or preface. */
    DISPLACED,

    /** An HTTP/1 request that the gate refused, other than for {@link #HEADERS_TOO_LARGE}. */
    MALFORMED_REQUEST,

    /** A frame that HTTP/2 does not allow at this point, or another connection error. */
    PROTOCOL_ERROR,

    /** A frame of a size that HTTP/2 does not allow. */
    FRAME_SIZE,

    /** A header block that cannot be decoded. */
    COMPRESSION,

    /** The header fields or trailer fields of an HTTP/1 request are too large. */
    HEADERS_TOO_LARGE,

    /** More DATA than the flow-control window allows, or a WINDOW_UPDATE or SETTINGS that makes a window too large. */
    FLOW_CONTROL,

    /**
     * Too many frames that do not advance a request, a frame or header block that was not complete in time, a header
     * block that is too large as sent, or too many bytes held for the peer.
     */
    FLOOD,

    /** An HTTP/1 request that arrived too slowly. */
    TOO_SLOW,

    /** The peer of an HTTP/2 connection did not acknowledge a PING, or read nothing of what waited for it. */
    SILENT;

    /** The cause for an HTTP/2 error code. */
    static Cause ofHttp2(int code) {
        return switch (code) {
            case Http2.FLOW_CONTROL_ERROR -> FLOW_CONTROL;
            case Http2.FRAME_SIZE_ERROR -> FRAME_SIZE;
            case Http2.COMPRESSION_ERROR -> COMPRESSION;
            case Http2.ENHANCE_YOUR_CALM -> FLOOD;
            default -> PROTOCOL_ERROR;
        };
    }

    /** The name of the cause in the log and in the metrics: lower case with underscores. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
