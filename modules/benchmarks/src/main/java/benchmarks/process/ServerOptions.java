package benchmarks.process;

import java.util.List;

/** The Java options with which a server is measured. */
public final class ServerOptions {

    /** The options of the hub's launcher; the same for all servers in a comparison. */
    public static final List<String> JAVA = List.of(
            "-XX:+UseG1GC",
            "-XX:GCTimeRatio=99",
            "-XX:+UseCompactObjectHeaders",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dpush.node=bench");

    /** The heap size of the hub's launcher. */
    public static final List<String> HEAP = List.of("-Xms16m", "-Xmx256m");

    private ServerOptions() {}
}
