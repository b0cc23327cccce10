package database;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import database.LockSession.Backend;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import threads.LongLived;
import threads.Steps;

/**
 * Ensures that only one hub at a time uses a PostgreSQL database. A hub with a log in memory sends revocations only to
 * its own gateways, and then notes them as published. The gateways of a second hub would never receive them. An H2 file
 * needs no such lock: only one process can open it.
 *
 * <p>The lock is an advisory lock, which lasts as long as the connection that acquired it. When the connection breaks,
 * the lock is acquired again on a new one. Thread-safe.
 */
public final class HubLock implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(HubLock.class.getName());

    /** Long enough for the server to notice that a host is gone: see {@link LockSession}. */
    private static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(15);

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    private final DatabaseConfig config;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watch =
            Thread.ofPlatform().daemon().name(LongLived.HUB_LOCK.label()).unstarted(this::watch);

    // Used only by the watch thread, once it is started.
    /** The session that has the lock, or had it last. */
    private LockSession session;

    /** The sessions of this process that may have the lock in the view of the server. */
    private final Set<Backend> own = new HashSet<>();

    private volatile boolean held = true;
    private volatile boolean takenByAnother;

    private HubLock(DatabaseConfig config, LockSession session) {
        this.config = config;
        this.session = session;
        own.add(session.self());
    }

    /**
     * Acquires the lock, and watches it from then on. If another hub has the lock, this waits for fifteen seconds: that
     * hub may have died with its host.
     *
     * @return empty when no lock is needed
     * @throws IllegalArgumentException when another hub has the lock, the database cannot be reached, or a pooler is in
     *     between; the message is one line for the operator
     */
    public static Optional<HubLock> acquire(DatabaseConfig config) {
        return acquire(config, ACQUIRE_TIMEOUT);
    }

    /** @param timeout how long to wait for a lock that another hub has */
    static Optional<HubLock> acquire(DatabaseConfig config, Duration timeout) {
        if (JdbcUrl.isH2(config.url())) {
            return Optional.empty();
        }
        try {
            Pooler.requireNone(config);
            LockSession session = lockedSession(config, timeout);
            boolean isOfThisDatabase = false;
            try {
                isOfThisDatabase =
                        config.directUrl().equals(config.url()) || session.isSeenFrom(ConnectionFactory.of(config));
            } finally {
                if (!isOfThisDatabase) {
                    session.close();
                }
            }
            if (!isOfThisDatabase) {
                throw new IllegalArgumentException(OpenErrorMessages.DIRECT_URL_KEY + ", "
                        + JdbcUrl.withoutPassword(config.directUrl()) + ", leads to a different database than "
                        + OpenErrorMessages.URL_KEY
                        + ", " + JdbcUrl.withoutPassword(config.url()) + "; both must name the same database");
            }
            HubLock lock = new HubLock(config, session);
            lock.watch.start();
            return Optional.of(lock);
        } catch (SQLException e) {
            throw new IllegalArgumentException(OpenErrorMessages.ofDirect(config, e), e);
        }
    }

    private static LockSession lockedSession(DatabaseConfig config, Duration timeout) throws SQLException {
        LockSession session = LockSession.open(config);
        boolean locked = false;
        try {
            long end = System.nanoTime() + timeout.toNanos();
            locked = session.tryLock();
            while (!locked && System.nanoTime() - end < 0) {
                TimeUnit.NANOSECONDS.sleep(Math.min(CHECK_INTERVAL.toNanos(), timeout.toNanos()));
                locked = session.tryLock();
            }
            if (!locked) {
                throw new IllegalArgumentException(inUse(config, session.holder()));
            }
            return session;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException("the start was interrupted", e);
        } finally {
            if (!locked) {
                session.close();
            }
        }
    }

    private static String inUse(DatabaseConfig config, Optional<Backend> holder) {
        String where =
                holder.map(Backend::address).map(address -> " at " + address).orElse("");
        return OpenErrorMessages.subject(config) + " is in use by another hub" + where
                + "; hubs with a log in memory cannot share a database, because their gateways would miss each other's"
                + " revocations; stop the other hub, name another database, or set push.log: postgres at every hub";
    }

    /** Whether no other hub can have the lock. False while the connection that holds it is being replaced. */
    public boolean isHeld() {
        return held;
    }

    /** Whether another hub has acquired the lock meanwhile. Then this hub must end. */
    public boolean isTakenByAnother() {
        return takenByAnother;
    }

    private void watch() {
        new Steps(LongLived.HUB_LOCK).run(() -> {
            check();
            return !takenByAnother && !closed.await(CHECK_INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
        });
        session.close();
    }

    private void check() {
        try {
            if (held) {
                session.check();
            } else {
                reacquire();
            }
        } catch (SQLException e) {
            if (held) {
                held = false;
                LOG.log(
                        WARNING,
                        "the connection that holds the hub's lock on the database is broken, and is being replaced: "
                                + DatabaseException.firstLine(e));
            }
        }
    }

    private void reacquire() throws SQLException {
        LockSession next = LockSession.open(config);
        boolean locked = false;
        try {
            own.add(next.self()); // before the lock is requested, because the response may be lost
            locked = next.tryLock();
            Optional<Backend> holder = locked ? Optional.empty() : next.holder();
            if (holder.isPresent() && own.contains(holder.get())) {
                next.terminate(holder.get()); // the server has not yet noticed that the session is broken
            } else if (holder.isPresent()) {
                takenByAnother = true;
                LOG.log(ERROR, inUse(config, holder) + "; this hub has lost its lock, and shuts down");
            }
        } finally {
            if (!locked) {
                next.close();
            }
        }
        if (locked) {
            session.close();
            session = next;
            own.clear();
            own.add(next.self());
            held = true;
            LOG.log(INFO, "the hub holds its lock on the database again");
        }
    }

    /** Releases the lock, so that another hub can acquire it. */
    @Override
    public void close() {
        closed.countDown();
        try {
            boolean _ = watch.join(CHECK_INTERVAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
