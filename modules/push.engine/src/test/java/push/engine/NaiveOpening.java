package push.engine;

/**
 * The position at which a subscription must start, and the outcome that it must get.
 *
 * @param former the cursor of another epoch with which the gateway subscribed; empty if there is none
 * @param reported the last event whose loss need not be reported
 * @param lost the last event that is lost to the reader
 * @param missed the number of client events lost between {@code reported} and {@code lost}
 * @param reason the reason of the loss
 */
record NaiveOpening(Resume resume, String former, long position, long reported, long lost, long missed, String reason) {

    /** Returns the start of a new subscription. */
    static NaiveOpening decide(NaiveLog log, SubscriptionRequest request) {
        Resume resume = resumeOf(log, request);
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
        String reason = log.hasEvictedAfter(position) ? "EVICTED" : "EXPIRED";
        return new NaiveOpening(resume, "", position, position, lost, missed, reason);
    }

    /** Returns the start of a reader that comes from another life: it gets all that the new life retains. */
    static NaiveOpening inNewLife(NaiveLog log, Interest interest, String former) {
        long lost = log.oldest() - 1;
        long missed = log.clientEvents(0, lost, interest);
        return new NaiveOpening(Resume.OTHER_EPOCH, former, 0, 0, lost, missed, "EPOCH_CHANGED");
    }

    private static Resume resumeOf(NaiveLog log, SubscriptionRequest request) {
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
            return cursor > log.acknowledgedAnywhere() ? Resume.FUTURE : Resume.RESUMED;
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
