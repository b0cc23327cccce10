package push.engine;

import java.util.ArrayList;
import java.util.List;

/** Records the calls of a hub to its observer as text. */
final class HeardByObserver implements HubObserver {

    private final List<String> words = new ArrayList<>();
    private final List<String> subscriptions = new ArrayList<>();
    private String failAt = "";

    /** Makes the observer fail at that call. */
    void failAt(String word) {
        failAt = word;
    }

    private void hear(String word) {
        words.add(word);
        if (word.equals(failAt)) {
            throw new IllegalStateException(word);
        }
    }

    /** The records since the last call of this method. */
    List<String> words() {
        List<String> taken = List.copyOf(words);
        words.clear();
        return taken;
    }

    @Override
    public void appended(Kind kind, long nanos) {
        hear("appended " + kind + " in " + nanos);
    }

    @Override
    public void opened(Subscription subscription) {
        subscriptions.add("opened " + subscription.gatewayClientId());
    }

    @Override
    public void replaced(Subscription older, Subscription newer) {
        subscriptions.add("replaced " + newer.gatewayClientId());
    }

    @Override
    public void ended(Subscription subscription, End cause) {
        subscriptions.add("ended " + subscription.gatewayClientId() + " " + cause);
    }

    /** The openings and ends since the last call of this method. */
    List<String> subscriptions() {
        List<String> taken = List.copyOf(subscriptions);
        subscriptions.clear();
        return taken;
    }

    @Override
    public void dropped(String gatewayClientId, long events) {
        hear("dropped " + events + " of " + gatewayClientId);
    }

    @Override
    public void replaying(long events) {
        hear("replaying " + events);
    }

    @Override
    public void gap(Notice.Gap gap) {
        hear("gap " + gap.from() + " to " + gap.to() + " missed " + gap.missed());
    }
}
