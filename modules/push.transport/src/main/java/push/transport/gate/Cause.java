package push.transport.gate;

import java.util.Locale;

/**
 * Why the hub ended a connection because of what its peer did.
 */
public enum Cause {

    /** The hub holds as many connections as it may. */
    TOO_MANY_CONNECTIONS,

    /** No complete request head or HTTP/2 preface came in time, the TLS handshake included. */
    UNIDENTIFIED,

    /** A newer connection of the same address took the place of one that had not sent a request head or preface. */
    DISPLACED,

    /** It began with neither HTTP/2 nor an HTTP/1 request. */
    NOT_HTTP,

    /** An HTTP/1 request that cannot be read. */
    MALFORMED_REQUEST,

    /** A frame that HTTP/2 does not allow where it came. */
    PROTOCOL_ERROR,

    /** A frame of a size that HTTP/2 does not allow. */
    FRAME_SIZE,

    /** A header block that cannot be decoded. */
    COMPRESSION,

    /** A header block that is too large, decoded. */
    HEADERS_TOO_LARGE,

    /** More than a window allows, or a window that is too large. */
    FLOW_CONTROL,

    /** More frames that do not advance a request than the hub accepts. */
    FLOOD,

    /** A request or body that came too slowly. */
    TOO_SLOW,

    /** No answer to a ping, or nothing read of what waited. */
    SILENT,

    /** Nothing was asked for a long time. */
    IDLE;

    /** The cause that an error code of HTTP/2 stands for. */
    static Cause ofHttp2(int code) {
        return switch (code) {
            case Http2.FLOW_CONTROL_ERROR -> FLOW_CONTROL;
            case Http2.FRAME_SIZE_ERROR -> FRAME_SIZE;
            case Http2.COMPRESSION_ERROR -> COMPRESSION;
            case Http2.ENHANCE_YOUR_CALM -> FLOOD;
            default -> PROTOCOL_ERROR;
        };
    }

    /** Its name in the log and in the metrics: lower case with underscores. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
