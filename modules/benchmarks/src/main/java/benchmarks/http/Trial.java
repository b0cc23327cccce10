package benchmarks.http;

import benchmarks.http.Callers.Outcome;
import benchmarks.process.Child;
import benchmarks.process.ProcessUse;
import benchmarks.process.ServerOptions;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.function.ObjDoubleConsumer;
import java.util.stream.Stream;

/** One measurement of one database: starts, warms up, measures and ends a server and a gateway. */
final class Trial implements AutoCloseable {

    /** The numbers of concurrent callers. */
    static final List<Integer> CALLERS = List.of(1, 16, 200);

    private static final int WARMING_CALLERS = 16;
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final double MILLION = 1e6;

    private final String url;
    private final ObjDoubleConsumer<String> figures;
    private final Child server;
    private final ProcessUse own = new ProcessUse(ProcessHandle.current().pid());
    private final Account account = new Account(TIMEOUT);
    private final Work work = new Work(account);
    private final Gateway gateway;

    /**
     * Starts the server and the gateway.
     *
     * @param figures receives each figure with its name
     */
    Trial(Store store, File log, ObjDoubleConsumer<String> figures) throws Exception {
        this.url = store.freshUrl();
        this.figures = figures;
        List<String> options = Stream.concat(ServerOptions.JAVA.stream(), ServerOptions.HEAP.stream())
                .toList();
        this.server = new Child(ServerMain.class, options, List.of(url), log);
        this.gateway = new Gateway(port(), account);
    }

    private int port() {
        return (int) server.ready().get("port");
    }

    /** Runs every operation for {@code time} each, before the figures count. */
    void warm(Duration time) throws Exception {
        ask(WARMING_CALLERS, time, (figure, value) -> {});
    }

    void measure(Duration time) throws Exception {
        for (int callers : CALLERS) {
            ask(callers, time, figures);
        }
    }

    private void ask(int callers, Duration time, ObjDoubleConsumer<String> to) throws Exception {
        try (Callers ready = new Callers(port(), callers)) {
            for (Operation operation : Operation.values()) {
                // Two other operations consume the sessions that this one opens.
                Duration share = operation == Operation.OPEN ? time.multipliedBy(2) : time;
                ask(ready, operation, share, (name, value) -> to.accept(figure(operation, callers, name), value));
            }
        }
    }

    static String figure(Operation operation, int callers, String name) {
        return operation.label() + "." + callers + "." + name;
    }

    private void ask(Callers callers, Operation operation, Duration time, ObjDoubleConsumer<String> to)
            throws Exception {
        double cpu = server.use().cpuSeconds();
        double clientCpu = own.cpuSeconds();
        Outcome outcome = callers.ask(time, () -> work.next(operation));
        cpu = server.use().cpuSeconds() - cpu;
        clientCpu = own.cpuSeconds() - clientCpu;
        Account.Balance balance = account.settle();
        to.accept("perSecond", (double) outcome.answers() * 1e9 / outcome.nanos());
        to.accept("p50Micros", outcome.latency().getValueAtPercentile(50) / 1e3);
        to.accept("p99Micros", outcome.latency().getValueAtPercentile(99) / 1e3);
        to.accept("cpuMicros", cpu * MILLION / (double) outcome.answers());
        to.accept("clientCpuMicros", clientCpu * MILLION / (double) outcome.answers());
        to.accept("refused", (double) outcome.refused());
        to.accept("lost", (double) balance.lost());
        to.accept("surplus", (double) balance.surplus());
    }

    /** Ends the server and the gateway, and reports how many rows are wrong. */
    void end() {
        close();
        figures.accept("wrong rows", (double) Rows.of(url).wrong(work.revoked()));
        figures.accept("revocations", (double) work.revoked().size());
    }

    @Override
    public void close() {
        gateway.close();
        server.close();
    }
}
