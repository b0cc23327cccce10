package benchmarks.process;

import java.util.List;

/** The options for Java with which a server is measured. */
public final class ServerOptions {

    /** As the hub's launcher starts it; the same for all that are compared. */
    public static final List<String> JAVA = List.of(
            "-XX:+UseG1GC",
            "-XX:GCTimeRatio=99",
            "-XX:+UseCompactObjectHeaders",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dpush.node=bench");

    /** The size of its heap, as the launcher has it. */
    public static final List<String> HEAP = List.of("-Xms16m", "-Xmx256m");

    private ServerOptions() {}
}
