package push.engine;

import java.util.ArrayList;
import java.util.List;

/** Writes down what a hub tells its observer, in words. */
final class HeardByObserver implements HubObserver {

    private final List<String> words = new ArrayList<>();

    /** All since the last call. */
    List<String> words() {
        List<String> taken = List.copyOf(words);
        words.clear();
        return taken;
    }

    @Override
    public void appended(Kind kind, long nanos) {
        words.add("appended " + kind + " in " + nanos);
    }

    @Override
    public void dropped(String gatewayClientId, long events) {
        words.add("dropped " + events + " of " + gatewayClientId);
    }

    @Override
    public void replaying(long events) {
        words.add("replaying " + events);
    }

    @Override
    public void gap(Notice.Gap gap) {
        words.add("gap " + gap.from() + " to " + gap.to() + " missed " + gap.missed());
    }
}
