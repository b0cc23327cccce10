package push.engine;

/**
 * Where a subscription starts, by the promises of a hub.
 *
 * @param former the cursor of another epoch that the gateway came with; empty if there is none
 * @param told the last event of the gap that need not be reported
 * @param lost the last event that is lost to the reader
 * @param missed the number of client events lost between {@code told} and {@code lost}
 * @param why the reason for which they are lost
 */
record NaiveOpening(Resume resume, String former, long position, long told, long lost, long missed, String why) {

    /** The start of a new subscription. */
    static NaiveOpening decide(NaiveLog log, SubscriptionRequest request) {
        Resume resume = understand(log, request);
        long position = position(log, request, resume);
        if (resume != Resume.STALE && resume != Resume.OTHER_EPOCH) {
            long lost = Math.max(position, log.oldest() - 1);
            return new NaiveOpening(resume, "", position, lost, lost, 0, "SLOW_CONSUMER");
        }
        long lost = request.onStale() == StalePolicy.OLDEST_RETAINED ? log.oldest() - 1 : log.head();
        long missed = log.clientEvents(position, lost, request.interest());
        if (resume == Resume.OTHER_EPOCH) {
            return new NaiveOpening(resume, request.cursor(), position, position, lost, missed, "EPOCH_CHANGED");
        }
        String gone = log.hasEvictedAfter(position) ? "EVICTED" : "EXPIRED";
        return new NaiveOpening(resume, "", position, position, lost, missed, gone);
    }

    /** The start in a new life of the log, with everything that is retained, of a reader that comes from another. */
    static NaiveOpening inNewLife(NaiveLog log, Interest interest, String former) {
        long lost = log.oldest() - 1;
        long missed = log.clientEvents(0, lost, interest);
        return new NaiveOpening(Resume.OTHER_EPOCH, former, 0, 0, lost, missed, "EPOCH_CHANGED");
    }

    private static Resume understand(NaiveLog log, SubscriptionRequest request) {
        if (isEarliest(request) || request.cursor().isEmpty()) {
            return Resume.FRESH;
        }
        if (!request.cursor().contains("-")) {
            return Resume.MALFORMED;
        }
        if (!request.cursor().startsWith(log.epoch() + "-")) {
            return Resume.OTHER_EPOCH;
        }
        long cursor = sequence(log, request);
        if (cursor > log.head()) {
            return cursor > log.toldAnywhere() ? Resume.FUTURE : Resume.RESUMED;
        }
        boolean lostSome = log.clientEvents(cursor, log.oldest() - 1, request.interest()) > 0
                || log.hasLostInvalidations(cursor, log.oldest() - 1, request.interest());
        return lostSome ? Resume.STALE : Resume.RESUMED;
    }

    private static boolean isEarliest(SubscriptionRequest request) {
        return request.start() == SubscriptionRequest.Start.EARLIEST;
    }

    private static long sequence(NaiveLog log, SubscriptionRequest request) {
        return Long.parseLong(request.cursor().substring(log.epoch().length() + 1));
    }

    private static long position(NaiveLog log, SubscriptionRequest request, Resume resume) {
        return switch (resume) {
            case FRESH -> isEarliest(request) ? log.beforeRetained() : log.head();
            case RESUMED, STALE -> sequence(log, request);
            case OTHER_EPOCH -> 0;
            case MALFORMED, FUTURE -> log.head();
        };
    }

    /** Returns the reason to refuse the request; empty if there is none. */
    String refusal(StalePolicy onStale) {
        if (onStale != StalePolicy.FAIL) {
            return "";
        }
        return switch (resume) {
            case FRESH, RESUMED -> "";
            case MALFORMED -> "MALFORMED_CURSOR";
            case STALE, OTHER_EPOCH, FUTURE -> "CURSOR_OUT_OF_RANGE";
        };
    }
}
