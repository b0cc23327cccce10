package push.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import push.engine.EventTracer.Step;
import push.engine.spi.Appended;
import push.engine.spi.EventLog;
import push.engine.spi.JoinsTransactions;
import push.engine.spi.LogEvent;
import push.engine.spi.Neighbours;
import push.engine.spi.Tail;

/** Reports to a tracer how long the log takes to store an event. */
final class TracedLog implements EventLog {

    private final EventLog log;
    private final EventTracer tracer;

    TracedLog(EventLog log, EventTracer tracer) {
        this.log = log;
        this.tracer = tracer;
    }

    @Override
    public String name() {
        return log.name();
    }

    @Override
    public boolean outlivesTheProcess() {
        return log.outlivesTheProcess();
    }

    @Override
    public void start(Tail tail) {
        log.start(tail);
    }

    @Override
    public CompletionStage<Appended> append(LogEvent event) {
        Step step = tracer.appending(StoredEvent.of(event).traceparent());
        try {
            return log.append(event).whenComplete((appended, failure) -> {
                if (appended instanceof Appended.Position at) {
                    step.taken(new Cursor(at.epoch(), at.sequence()).toString());
                }
                step.close();
            });
        } catch (RuntimeException | Error e) {
            step.close();
            throw e;
        }
    }

    @Override
    public CompletionStage<Appended.Position> last() {
        return log.last();
    }

    @Override
    public Duration age() {
        return log.age();
    }

    @Override
    public boolean claimRepublication() {
        return log.claimRepublication();
    }

    @Override
    public void endRepublication() {
        log.endRepublication();
    }

    @Override
    public Optional<Neighbours> neighbours() {
        return log.neighbours();
    }

    @Override
    public Optional<JoinsTransactions> joinsTransactions() {
        return log.joinsTransactions();
    }

    @Override
    public boolean close(Duration atMost) {
        return log.close(atMost);
    }
}
