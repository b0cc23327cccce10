package push.engine;

import push.api.Event;
import push.engine.EventTracer.Step;
import push.engine.spi.EventLog;
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
    public String kind() {
        return log.kind();
    }

    @Override
    public String epoch() {
        return log.epoch();
    }

    @Override
    public void start(Tail tail) {
        log.start(tail);
    }

    @Override
    public long append(Event event) {
        try (Step step = tracer.appending(event.traceparent())) {
            long sequence = log.append(event);
            if (sequence > 0) {
                step.taken(new Cursor(epoch(), sequence).toString());
            }
            return sequence;
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
