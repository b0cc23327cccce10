package push.engine;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import push.engine.Registry.Takeover;
import push.engine.SubscriptionRefused.Reason;

/** Decides which subscriptions are opened, and registers them. Safe for any number of threads. */
final class Admission {

    private final int maxSubscriptions;
    private final EngineRuntime runtime;
    private final Registry registry;
    private final LogHealth log;
    private final ReentrantLock registration = new ReentrantLock();
    private volatile boolean starting;
    private volatile boolean closed;

    Admission(int maxSubscriptions, EngineRuntime runtime, Registry registry, LogHealth log) {
        this.maxSubscriptions = maxSubscriptions;
        this.runtime = runtime;
        this.registry = registry;
        this.log = log;
    }

    /** Sets whether the hub is starting, so that it refuses subscriptions. */
    void starting(boolean now) {
        starting = now;
    }

    /** Refuses subscriptions from now on. A subscription that is being registered is in the registry afterwards. */
    void close() {
        registration.lock();
        try {
            closed = true;
        } finally {
            registration.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns true if subscriptions are admitted, as far as that does not depend on their request. */
    boolean isOpen() {
        return !closed && !starting && log.isCurrent();
    }

    /** Checks a request without registering it. */
    void require(String gatewayClientId) throws SubscriptionRefused {
        registration.lock();
        try {
            admit(gatewayClientId, runtime.nanoTime());
        } finally {
            registration.unlock();
        }
    }

    /** Registers a subscription, and returns the older one with the same id that it replaces; null if there is none. */
    @Nullable
    Subscription register(Subscription subscription) throws SubscriptionRefused {
        registration.lock();
        try {
            long now = runtime.nanoTime();
            admit(subscription.gatewayClientId(), now); // again: there may be more subscriptions by now
            return registry.put(subscription, now);
        } finally {
            registration.unlock();
        }
    }

    private void admit(String gatewayClientId, long now) throws SubscriptionRefused {
        if (closed) {
            throw new SubscriptionRefused(Reason.STOPPED, "push service stopped");
        }
        if (starting) {
            throw new SubscriptionRefused(
                    Reason.STARTING, "push is starting: it publishes again what was revoked, and takes gateways then");
        }
        if (!log.isCurrent()) {
            throw SubscriptionRefused.logUnavailable();
        }
        if (registry.size() >= maxSubscriptions && !registry.contains(gatewayClientId)) {
            throw new SubscriptionRefused(
                    Reason.TOO_MANY, "too many subscriptions: this hub takes at most " + maxSubscriptions);
        }
        Takeover takeover = registry.takeover(gatewayClientId, now);
        if (takeover != Takeover.ALLOWED) {
            throw SubscriptionRefused.contested(takeover == Takeover.REFUSED_FIRST);
        }
    }
}
