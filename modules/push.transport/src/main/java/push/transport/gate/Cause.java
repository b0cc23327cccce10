package push.transport.gate;

import java.util.Locale;

/** Why the hub ended a connection, where the peer gave the reason. */
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

    /** More frames than the hub does work for that bring no request on. */
    FLOOD,

    /** A request or body that came too slowly. */
    TOO_SLOW,

    /** No answer to a ping. */
    SILENT,

    /** Nothing was asked for a long time. */
    IDLE;

    /** Its name in the log and in the metrics: lower case with underscores. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
