package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import testing.Await;
import threads.LongLived;
import threads.ThreadWatch;

@Timeout(30)
class GroupSyncTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(10);

    @Test
    void eachCallerWaitsForASyncThatBeganAfterItsCall() throws Exception {
        AtomicLong committed = new AtomicLong();
        AtomicLong synced = new AtomicLong();
        AtomicInteger syncs = new AtomicInteger();
        GroupSync.Sync sync = () -> {
            long seen = committed.get();
            syncs.incrementAndGet();
            synced.set(seen);
        };
        int callers = 16;
        int commits = 500;
        try (GroupSync group = new GroupSync(sync, LONG, LONG);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            group.start();
            List<Future<Boolean>> all = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                all.add(threads.submit(() -> {
                    boolean safe = true;
                    for (int i = 0; i < commits; i++) {
                        long own = committed.incrementAndGet();
                        group.await();
                        safe &= synced.get() >= own;
                    }
                    return safe;
                }));
            }
            for (Future<Boolean> safe : all) {
                assertThat(safe.get(), is(true));
            }
            assertThat("shared", syncs.get(), is(lessThan(callers * commits)));
        }
    }

    @Test
    void nothingIsSyncedAfterAFailure() throws Exception {
        AtomicInteger syncs = new AtomicInteger();
        GroupSync.Sync sync = () -> {
            if (syncs.incrementAndGet() == 2) {
                throw new SQLException("no");
            }
        };
        try (GroupSync group = new GroupSync(sync, LONG, LONG)) {
            group.start();
            group.await();
            assertThrows(SQLException.class, group::await);
            assertThrows(SQLException.class, group::await);
            assertThat(syncs.get(), is(2));
        }
    }

    /** The callers get an exception, and the database is then reopened with another thread. */
    @Test
    void nothingIsSyncedAfterAnErrorWhichIsCounted() throws Exception {
        long before = ThreadWatch.failures(LongLived.DATABASE_SYNC);
        GroupSync.Sync sync = () -> {
            throw new StackOverflowError("test");
        };
        try (GroupSync group = new GroupSync(sync, LONG, LONG)) {
            group.start();
            assertThat(assertThrows(SQLException.class, group::await).getSQLState(), is("58030"));
            assertThat(ThreadWatch.failures(LongLived.DATABASE_SYNC) - before, is(1L));
        }
    }

    @Test
    void syncsWithoutCallersToo() throws Exception {
        AtomicInteger syncs = new AtomicInteger();
        try (GroupSync group = new GroupSync(syncs::incrementAndGet, SHORT, LONG)) {
            group.start();
            Await.until("it has synced", LONG, () -> syncs.get() > 3);
        }
    }

    @Test
    void callerGetsAnExceptionIfTheDiskHangs() throws Exception {
        Semaphore goesOn = new Semaphore(0);
        try (GroupSync group = new GroupSync(goesOn::acquireUninterruptibly, LONG, SHORT)) {
            group.start();
            assertThrows(SQLException.class, group::await);
            Await.until("it is late", LONG, group::isLate);
            goesOn.release(2);
            Await.until("it goes on", LONG, () -> !group.isLate());
        }
    }

    @Test
    void closeFinishesRequestedSyncs() throws Exception {
        Semaphore goesOn = new Semaphore(0);
        AtomicInteger syncs = new AtomicInteger();
        GroupSync group = new GroupSync(
                () -> {
                    goesOn.acquireUninterruptibly();
                    syncs.incrementAndGet();
                },
                LONG,
                LONG);
        group.start();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> waiting = threads.submit(() -> {
                group.await();
                return null;
            });
            Await.until("it waits", LONG, goesOn::hasQueuedThreads);
            goesOn.release(10);
            group.close();
            assertThat(waiting.get() == null, is(true));
        }
        assertThrows(SQLException.class, group::await);
    }
}
