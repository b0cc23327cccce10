package app.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import push.protocol.v1.ClientEvent;
import push.protocol.v1.Gap;
import push.protocol.v1.GoAway;
import push.protocol.v1.Notice;
import push.protocol.v1.Opened;
import push.protocol.v1.PushEvent;
import push.protocol.v1.SessionInvalidation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Formats the messages of a push stream, each as one line of text. */
final class EventText {

    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();

    private EventText() {}

    /** The human-readable form. */
    static String line(PushEvent event) {
        return printable(text(event));
    }

    /** Replaces line breaks, control and format characters, which the publisher may have put into the text. */
    static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", " ");
    }

    private static String text(PushEvent event) {
        return event.getCursor() + "  "
                + switch (event.getKindCase()) {
                    case CLIENT_EVENT -> {
                        ClientEvent e = event.getClientEvent();
                        yield "client_event  " + e.getKind() + "  user " + e.getUserId()
                                + session(e.getDeviceSessionId()) + "  "
                                + e.getPayload().toStringUtf8();
                    }
                    case SESSION_INVALIDATION -> {
                        SessionInvalidation e = event.getSessionInvalidation();
                        yield "session_invalidation  user " + e.getUserId() + session(e.getDeviceSessionId())
                                + (e.getReason().isEmpty() ? "" : "  reason " + e.getReason());
                    }
                    case NOTICE -> "notice  " + notice(event.getNotice());
                    case KIND_NOT_SET -> "an event of a kind that this version does not know";
                };
    }

    private static String notice(Notice notice) {
        return switch (notice.getNoticeCase()) {
            case OPENED -> {
                Opened opened = notice.getOpened();
                yield "opened  " + opened.getResume() + "  replayed " + Integer.toUnsignedString(opened.getReplayed())
                        + "  node " + opened.getNode();
            }
            case HEARTBEAT -> "heartbeat";
            case GAP -> gap(notice.getGap());
            case GO_AWAY -> {
                GoAway goAway = notice.getGoAway();
                long millis = Durations.toMillis(goAway.getRetryAfter());
                yield "go_away  " + goAway.getReason() + (millis == 0 ? "" : "  retry after " + millis + " ms");
            }
            case NOTICE_NOT_SET -> "of a kind that this version does not know";
        };
    }

    /** The text for a gap of a stream. */
    static String gap(Gap gap) {
        return "gap  " + gap.getReason() + "  from " + gap.getFromCursor() + " to " + gap.getToCursor() + "  missed "
                + Long.toUnsignedString(gap.getMissed()) + " client events"
                + (gap.getInvalidationsMissed() ? ", and possibly invalidations" : "");
    }

    private static String session(String id) {
        return id.isEmpty() ? "  every session" : "  session " + id;
    }

    /** The form for programs: protobuf's JSON format, except that the payload is embedded as JSON. */
    static String json(PushEvent event) {
        try {
            ObjectNode json = (ObjectNode) http.Json.MAPPER.readTree(PRINTER.print(event));
            if (!event.getClientEvent().getPayload().isEmpty()) {
                ObjectNode clientEvent = (ObjectNode) json.path("client_event");
                clientEvent.set("payload", payload(event.getClientEvent().getPayload()));
            }
            return http.Json.MAPPER.writeValueAsString(json);
        } catch (InvalidProtocolBufferException e) {
            throw new CliException("an event cannot be converted to JSON: " + e.getMessage());
        }
    }

    /** The payload as JSON; as a string if it is not valid JSON. */
    private static JsonNode payload(ByteString utf8) {
        try {
            return http.Json.read(utf8.toByteArray());
        } catch (IllegalArgumentException e) {
            return StringNode.valueOf(utf8.toStringUtf8());
        }
    }
}
