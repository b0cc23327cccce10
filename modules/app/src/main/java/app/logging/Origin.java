package app.logging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** The cause of a record: a peer, or the hub itself. */
enum Origin {

    /** A peer sent something invalid or disconnected. The place in the code is not useful. */
    PEER,

    /** The hub itself, or something that it needs, such as the database. */
    HUB;

    private static final List<String> HUB_CODE = List.of(
            "access.",
            "app.",
            "auth.",
            "console.",
            "database.",
            "http.",
            "idempotency.",
            "limits.",
            "notification.",
            "push.",
            "threads.");

    private static final List<String> NETWORK_CODE = List.of(
            "io.helidon.webserver.", "io.helidon.http.", "io.helidon.common.", "io.grpc.", "com.google.protobuf.");

    /** The project's loggers for requests. Their failures may come from network code that handles a peer's input. */
    private static final List<String> REQUEST_LOGGERS = List.of("http.", "push.transport.", "app.logging.");

    /** Loggers whose records are about the listener, not about a connection. */
    private static final List<String> SERVER_LOGGERS =
            List.of("io.helidon.webserver.ServerListener", "io.helidon.webserver.LoomServer");

    /** The project's logger whose records are only about peers. */
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

    /** Whether the whole process is affected, not only a request: memory is exhausted, or classes do not link. */
    private static boolean isOfTheProcess(Throwable thrown) {
        return thrown instanceof LinkageError
                || (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError));
    }

    /**
     * Whether a connection broke or was ended on purpose, even if the hub's own code on top of the socket threw this.
     */
    private static boolean isOfTheWire(Throwable thrown) {
        return thrown instanceof IOException
                || thrown instanceof UncheckedIOException
                || startsWithAny(thrown.getClass().getName(), NETWORK_CODE);
    }

    /** The topmost class of the stack trace that is not part of the JDK. */
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
