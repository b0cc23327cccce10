package push.transport;

import com.google.protobuf.Duration;
import push.engine.Notice;
import push.protocol.v1.Gap;
import push.protocol.v1.GoAway;
import push.protocol.v1.Heartbeat;
import push.protocol.v1.Opened;
import push.protocol.v1.PushEvent;

/** Converts the engine's notices to their protobuf form. */
final class NoticeEncoder {

    private static final long MAX_UINT32 = (1L << 32) - 1;

    private NoticeEncoder() {}

    static PushEvent encode(Notice notice) {
        PushEvent.Builder event = PushEvent.newBuilder();
        var wire = event.getNoticeBuilder();
        switch (notice) {
            case Notice.Opened opened -> {
                event.setCursor(opened.cursor().toString());
                wire.setOpened(encode(opened));
            }
            case Notice.Heartbeat heartbeat -> {
                event.setCursor(heartbeat.cursor().toString());
                wire.setHeartbeat(Heartbeat.getDefaultInstance());
            }
            case Notice.Gap gap -> {
                event.setCursor(gap.cursor().toString());
                wire.setGap(encode(gap));
            }
            case Notice.GoAway goAway -> wire.setGoAway(encode(goAway));
        }
        return event.build();
    }

    private static Opened encode(Notice.Opened opened) {
        Opened.Resume resume = switch (opened.resume()) {
            case FRESH -> Opened.Resume.FRESH;
            case RESUMED -> Opened.Resume.RESUMED;
            case STALE -> Opened.Resume.STALE;
            case MALFORMED -> Opened.Resume.MALFORMED;
            case OTHER_EPOCH -> Opened.Resume.OTHER_EPOCH;
            case FUTURE -> Opened.Resume.FUTURE;
        };
        return Opened.newBuilder()
                .setResume(resume)
                .setReplayed((int) Math.min(opened.replayed(), MAX_UINT32)) // an int holds the bits of a uint32
                .setNode(opened.node())
                .build();
    }

    private static Gap encode(Notice.Gap gap) {
        Gap.Reason reason = switch (gap.reason()) {
            case EVICTED -> Gap.Reason.EVICTED;
            case EXPIRED -> Gap.Reason.EXPIRED;
            case SLOW_CONSUMER -> Gap.Reason.SLOW_CONSUMER;
            case EPOCH_CHANGED -> Gap.Reason.EPOCH_CHANGED;
        };
        return Gap.newBuilder()
                .setFromCursor(gap.from().toString())
                .setToCursor(gap.to().toString())
                .setMissed(gap.missed())
                .setReason(reason)
                .setInvalidationsMissed(gap.invalidationsMissed())
                .build();
    }

    private static GoAway encode(Notice.GoAway goAway) {
        GoAway.Reason reason = switch (goAway.reason()) {
            case SHUTDOWN -> GoAway.Reason.SHUTDOWN;
            case DRAIN -> GoAway.Reason.DRAIN;
            case REPLACED -> GoAway.Reason.REPLACED;
        };
        GoAway.Builder wire = GoAway.newBuilder().setReason(reason);
        if (!goAway.retryAfter().isZero()) {
            wire.setRetryAfter(Duration.newBuilder()
                    .setSeconds(goAway.retryAfter().toSeconds())
                    .setNanos(goAway.retryAfter().toNanosPart()));
        }
        return wire.build();
    }
}
