package app.logging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** Whose fault a record tells of: a peer's, or the hub's own. */
enum Origin {

    /** A peer's: it sent something that cannot be, or went away. Where that happened in the code says nothing. */
    PEER,

    /** The hub's own, or that of something it needs, as the database. */
    HUB;

    private static final List<String> HUB_CODE = List.of(
            "app.",
            "auth.",
            "console.",
            "database.",
            "http.",
            "idempotency.",
            "notification.",
            "push.",
            "threads.",
            "tracing.");

    private static final List<String> NETWORK_CODE = List.of(
            "io.helidon.webserver.", "io.helidon.http.", "io.helidon.common.", "io.grpc.", "com.google.protobuf.");

    /** Our loggers that tell of requests: what failed there may have been the network's code, over a peer's input. */
    private static final List<String> REQUEST_LOGGERS = List.of("http.", "push.transport.", "app.logging.");

    /** They tell of the listener, not of a connection. */
    private static final List<String> SERVER_LOGGERS =
            List.of("io.helidon.webserver.ServerListener", "io.helidon.webserver.LoomServer");

    /** Ours that tells of peers, and of nothing else. */
    private static final String PEER_LOGGER = "push.transport.gate.PeerErrors";

    private static final List<String> JDK_CODE = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    /** The origin of a record. */
    static Origin of(LogRecord record) {
        String logger = Optional.ofNullable(record.getLoggerName()).orElse("");
        Throwable thrown = record.getThrown();
        if (SERVER_LOGGERS.contains(logger)) {
            return HUB;
        }
        if (logger.equals(PEER_LOGGER)) {
            return PEER;
        }
        if (startsWithAny(logger, NETWORK_CODE)) {
            return thrown != null && isHubsOwn(thrown) ? HUB : PEER;
        }
        if (startsWithAny(logger, REQUEST_LOGGERS)) {
            return thrown != null && isNetworks(thrown) ? PEER : HUB;
        }
        return HUB;
    }

    private static boolean isHubsOwn(Throwable thrown) {
        Throwable root = root(thrown);
        if (isOfTheProcess(root)) {
            return true;
        }
        return !isOfTheWire(thrown) && !isOfTheWire(root) && startsWithAny(thrownBy(root), HUB_CODE);
    }

    private static boolean isNetworks(Throwable thrown) {
        Throwable root = root(thrown);
        return !isOfTheProcess(root) && startsWithAny(thrownBy(root), NETWORK_CODE);
    }

    /** The memory is used up, or the code does not fit together: more than a request has failed. */
    private static boolean isOfTheProcess(Throwable thrown) {
        return thrown instanceof LinkageError
                || (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError));
    }

    /** A connection that broke, or that was ended on purpose, also where our code between socket and server throws it. */
    private static boolean isOfTheWire(Throwable thrown) {
        return thrown instanceof IOException
                || thrown instanceof UncheckedIOException
                || startsWithAny(thrown.getClass().getName(), NETWORK_CODE);
    }

    /** The class that threw it, leaving out the JDK's. */
    private static String thrownBy(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (!startsWithAny(frame.getClassName(), JDK_CODE)) {
                return frame.getClassName();
            }
        }
        return "";
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        for (int depth = 0; depth < LineFormat.MAX_CAUSES; depth++) {
            @Nullable Throwable cause = root.getCause();
            if (cause == null) {
                return root;
            }
            root = cause;
        }
        return root;
    }

    private static boolean startsWithAny(String name, List<String> prefixes) {
        return prefixes.stream().anyMatch(name::startsWith);
    }
}
