package benchmarks.fanout;

import benchmarks.process.Child;
import benchmarks.process.Child.Reply;
import benchmarks.process.ProcessUse;
import benchmarks.process.ServerOptions;
import java.io.File;
import java.util.List;
import java.util.function.ObjDoubleConsumer;
import java.util.stream.Stream;

/** One measurement of one contender: starts, warms up, measures and ends a server and its subscribers. */
final class Round implements AutoCloseable {

    /** The numbers of subscribers at full speed. */
    static final List<Integer> AUDIENCES = List.of(1, 10, 50, 200, 1000);

    /** The number of subscribers for the warm-up and for events on a fixed schedule. */
    static final int AUDIENCE = 50;

    /** The memory of an idle subscriber, in the heap and outside it. */
    static final String IDLE_BYTES = "idle.bytes";

    /** The scheduled rates, in events per second. */
    static final List<Integer> RATES = List.of(1_000, 10_000);

    private static final int REPLAYED = 1000;
    private static final int WARMING_REPLAYS = 500;
    private static final int REPLAYS = 101;
    private static final double MILLION = 1e6;

    private static final List<String> CLIENT_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xms512m",
            "-Xmx1g",
            "-XX:MaxDirectMemorySize=6g",
            "--sun-misc-unsafe-memory-access=allow");

    private final Contender contender;
    private final Plan plan;
    private final ObjDoubleConsumer<String> figures;
    private final Child server;
    private final Child client;
    private final ProcessUse use;
    private int connected;

    /**
     * Starts the server and the client.
     *
     * @param heap the Java options for the heap size of the server
     * @param figures receives each figure with its name
     */
    Round(Contender contender, Plan plan, File log, List<String> heap, ObjDoubleConsumer<String> figures) {
        this.contender = contender;
        this.plan = plan;
        this.figures = figures;
        this.server = new Child(
                TargetMain.class,
                Stream.concat(ServerOptions.JAVA.stream(), heap.stream()).toList(),
                List.of(contender.name(), Integer.toString(plan.payloadBytes())),
                log);
        this.client = client(log);
        this.use = new ProcessUse(server.ready().get("pid"));
    }

    private Child client(File log) {
        try {
            return new Child(
                    ClientMain.class,
                    CLIENT_OPTIONS,
                    List.of(contender.name(), Long.toString(server.ready().get("port"))),
                    log);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    void run() {
        cold();
        flatOut(AUDIENCE, plan.warmSeconds(), Round::ignore);
        for (int rate : RATES) {
            paced(rate);
        }
        for (int audience : AUDIENCES) {
            flatOut(audience, plan.settleSeconds(), Round::ignore);
            flatOut(audience, plan.measureSeconds(), figures);
        }
        if (contender.replays()) {
            replay(); // last, because the client was slower at full speed after it
        }
    }

    /** Measures from the first event after the start. */
    private void cold() {
        connect(AUDIENCE, true);
        Reply result = published("paced 1000 " + 1000L * plan.coldSeconds());
        figures.accept("cold.lost", (double) result.get("missing"));
    }

    /** @param timed true if latencies are recorded */
    private void connect(int audience, boolean timed) {
        if (connected != audience) {
            client.tell("connect 0");
            server.tell("await 0"); // otherwise leaving subscribers would be counted as new ones
            client.tell("connect " + audience);
            connected = audience;
        }
        long next = server.tell("await " + audience).get("next");
        client.tell("begin " + next + (timed ? " 1" : " 0"));
    }

    private Reply published(String command) {
        Reply published = server.tell(command);
        return client.tell("end " + published.get("end"));
    }

    private void paced(int rate) {
        connect(AUDIENCE, true);
        double cpu = use.cpuSeconds();
        Reply result = published("paced " + rate + " " + (long) rate * plan.measureSeconds());
        cpu = use.cpuSeconds() - cpu;
        String name = "paced." + rate + ".";
        figures.accept(name + "p50Micros", result.get("p50") / 1e3);
        figures.accept(name + "p99Micros", result.get("p99") / 1e3);
        figures.accept(name + "p999Micros", result.get("p999") / 1e3);
        figures.accept(name + "lost", (double) result.get("missing"));
        figures.accept(name + "cpuSecondsPerMillion", cpu * MILLION / result.get("received"));
    }

    private void flatOut(int audience, int seconds, ObjDoubleConsumer<String> to) {
        connect(audience, false);
        double cpu = use.cpuSeconds();
        double clientCpu = client.use().cpuSeconds();
        Reply published = server.tell("flat " + seconds * 1000L);
        Reply result = client.tell("end " + published.get("end"));
        cpu = use.cpuSeconds() - cpu;
        clientCpu = client.use().cpuSeconds() - clientCpu;
        double elapsed = (result.get("done") - published.get("start")) / 1e9;
        String name = "flat." + audience + ".";
        to.accept(name + "perSecond", (double) result.get("received") / elapsed);
        if (result.get("received") > 0) { // JetStream sometimes fails with 1,000 consumers
            to.accept(name + "cpuSecondsPerMillion", cpu * MILLION / result.get("received"));
            to.accept(name + "clientCpuSecondsPerMillion", clientCpu * MILLION / result.get("received"));
        }
        to.accept(name + "lost", (double) result.get("missing"));
    }

    private static void ignore(String figure, double value) {}

    private void replay() {
        connect(AUDIENCE, true);
        client.tell("mark");
        server.tell("await " + (AUDIENCE + 1));
        published("paced 20000 " + (REPLAYED + 1));
        client.tell("replay " + REPLAYED + " " + WARMING_REPLAYS); // a warm-up: neither side has run this code before
        figures.accept(
                "replay.micros",
                client.tell("replay " + REPLAYED + " " + REPLAYS).get("nanos") / 1e3);
    }

    /** Measures idle subscribers, on a server that has had no other subscribers. */
    void idle(int subscribers) {
        connect(1, false); // one-time costs of the first subscriber do not count
        published("paced 100 10");
        double heap = server.tell("collect").get("heap");
        double resident = use.residentBytes();
        connect(subscribers, true);
        Reply result = published("paced 1 5");
        figures.accept("idle.lost", (double) result.get("missing"));
        figures.accept("idle.p50Micros", result.get("p50") / 1e3);
        figures.accept("idle.maxMicros", result.get("max") / 1e3);
        double heapEach = (server.tell("collect").get("heap") - heap) / subscribers;
        double nativeEach = (use.residentBytes() - resident) / subscribers;
        if (contender.isJava()) {
            figures.accept("idle.heapBytes", heapEach);
        }
        figures.accept(IDLE_BYTES, nativeEach + (contender.isJava() ? heapEach : 0));
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
