package push.engine;

import static java.lang.System.Logger.Level.ERROR;

import java.util.List;
import java.util.function.Consumer;

/** Passes everything on to several observers. One that throws does not keep the others from hearing it. */
final class Observers implements HubObserver {

    private static final System.Logger LOG = System.getLogger(Hub.class.getName());

    private final HubObserver[] observers;

    Observers(List<HubObserver> observers) {
        this.observers = observers.toArray(HubObserver[]::new);
    }

    private void each(Consumer<HubObserver> call) {
        for (HubObserver observer : observers) {
            try {
                call.accept(observer);
            } catch (RuntimeException e) {
                LOG.log(ERROR, "push observer failed; it must not throw", e);
            }
        }
    }

    @Override
    public void appended(Kind kind, long nanos) {
        each(observer -> observer.appended(kind, nanos));
    }

    @Override
    public void opened(Subscription subscription) {
        each(observer -> observer.opened(subscription));
    }

    @Override
    public void replaced(Subscription older, Subscription newer) {
        each(observer -> observer.replaced(older, newer));
    }

    @Override
    public void ended(Subscription subscription, End cause) {
        each(observer -> observer.ended(subscription, cause));
    }

    @Override
    public void dropped(String gatewayClientId, long events) {
        each(observer -> observer.dropped(gatewayClientId, events));
    }

    @Override
    public void replaying(long events) {
        each(observer -> observer.replaying(events));
    }

    @Override
    public void gap(Notice.Gap gap) {
        each(observer -> observer.gap(gap));
    }
}
