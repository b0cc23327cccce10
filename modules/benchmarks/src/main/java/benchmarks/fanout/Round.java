package benchmarks.fanout;

import benchmarks.fanout.Child.Reply;
import java.io.File;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ObjDoubleConsumer;

/** One contender, once: a server and an audience that are started, warmed, measured and ended. */
final class Round implements AutoCloseable {

    /** How many subscribers, at full speed. */
    static final List<Integer> AUDIENCES = List.of(1, 10, 50, 200, 1000);

    /** The audience that is warmed with, and that gets events to a timetable. */
    static final int AUDIENCE = 50;

    /** Events a second. */
    static final List<Integer> RATES = List.of(1_000, 10_000);

    private static final int IDLE = 1000;
    private static final int REPLAYED = 1000;
    private static final int REPLAYS = 21;
    private static final double MILLION = 1e6;

    /** As the hub's launcher starts it; the same for all, so that memory can be compared. */
    private static final List<String> SERVER_OPTIONS = List.of(
            "-XX:+UseSerialGC", "-Xms32m", "-Xmx256m", "--sun-misc-unsafe-memory-access=allow", "-Dpush.node=bench");

    private static final List<String> CLIENT_OPTIONS =
            List.of("-XX:+UseSerialGC", "-Xms512m", "-Xmx1g", "--sun-misc-unsafe-memory-access=allow");

    private final Contender contender;
    private final Plan plan;
    private final ObjDoubleConsumer<String> figures;
    private final Child server;
    private final Child client;
    private final ProcessUse use;
    private int connected;

    /** @param figures told each figure by its name */
    Round(Contender contender, Plan plan, File log, List<String> serverOptions, ObjDoubleConsumer<String> figures) {
        this.contender = contender;
        this.plan = plan;
        this.figures = figures;
        this.server = new Child(
                TargetMain.class,
                java.util.stream.Stream.concat(SERVER_OPTIONS.stream(), serverOptions.stream())
                        .toList(),
                List.of(contender.name(), Integer.toString(plan.payloadBytes())),
                log);
        this.client = new Child(
                ClientMain.class,
                CLIENT_OPTIONS,
                List.of(contender.name(), Long.toString(server.ready().get("port"))),
                log);
        this.use = new ProcessUse(server.ready().get("pid"));
    }

    void run() {
        cold();
        flatOut(AUDIENCE, plan.warmSeconds(), (name, value) -> {});
        for (int rate : RATES) {
            paced(rate);
        }
        if (contender.replays()) {
            replay();
        }
        for (int audience : AUDIENCES) {
            flatOut(audience, plan.settleSeconds(), (name, value) -> {});
            flatOut(audience, plan.measureSeconds(), figures::accept);
        }
        idle();
    }

    /** From the first event after the start. */
    private void cold() {
        connect(AUDIENCE);
        Reply result = published("paced 1000 " + 1000L * plan.coldSeconds());
        figures.accept("cold.lost", (double) result.get("missing"));
    }

    private void connect(int audience) {
        if (connected != audience) {
            client.tell("connect " + audience);
            connected = audience;
        }
        long next = server.tell("await " + audience).get("next");
        client.tell("begin " + next);
    }

    private Reply published(String command) {
        Reply published = server.tell(command);
        return client.tell("end " + published.get("end"));
    }

    private void paced(int rate) {
        connect(AUDIENCE);
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

    private void flatOut(int audience, int seconds, BiConsumer<String, Double> to) {
        connect(audience);
        double cpu = use.cpuSeconds();
        Reply published = server.tell("flat " + seconds * 1000L);
        Reply result = client.tell("end " + published.get("end"));
        cpu = use.cpuSeconds() - cpu;
        double elapsed = (result.get("done") - published.get("start")) / 1e9;
        String name = "flat." + audience + ".";
        to.accept(name + "perSecond", (double) result.get("received") / elapsed);
        to.accept(name + "cpuSecondsPerMillion", cpu * MILLION / result.get("received"));
        to.accept(name + "lost", (double) result.get("missing"));
    }

    private void replay() {
        connect(AUDIENCE);
        client.tell("mark");
        server.tell("await " + (AUDIENCE + 1));
        published("paced 20000 " + (REPLAYED + 1));
        figures.accept(
                "replay.micros",
                client.tell("replay " + REPLAYED + " " + REPLAYS).get("nanos") / 1e3);
    }

    private void idle() {
        connect(0);
        double heap = server.tell("collect").get("heap");
        double resident = use.residentBytes();
        connect(IDLE);
        figures.accept("idle.heapBytes", (server.tell("collect").get("heap") - heap) / IDLE);
        figures.accept("idle.residentBytes", (use.residentBytes() - resident) / IDLE);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
