package push.transport.gate;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The filter around an HTTP/1 connection. Helidon reads only well-formed requests from it, and writes its responses to
 * it.
 *
 * <p>Helidon reads and writes on the connection's own thread. The supervisor ends requests and responses that take too
 * long. When the gate refuses a request, the gate answers it, gives the peer time to read the response, and shows
 * Helidon the end of the connection.
 */
final class Http1Filter extends ForwardingContext implements Supervised {

    private final Wire below;
    private final Runnable shutOutput;
    private final Runnable identified;
    private final BiConsumer<Cause, String> report;
    private final Http1Limits limits;
    private final LongSupplier nanos;
    private final Http1Inbound inbound;
    private final Http1Outbound outbound;
    private final RequestPace pace;
    private final DataReader reader = DataReader.create(this::read);
    private final LingeringClose close = new LingeringClose();

    // Only the connection's own thread uses these.
    private boolean over;
    private boolean known;

    /**
     * @param first the bytes that have been read already
     * @param shutOutput ends the output of the connection, and leaves its input open; may do nothing
     * @param identified runs once, when the first head has arrived
     * @param report called when the peer's fault ends the connection
     * @param clock the wall clock, for responses
     * @param nanos the clock for deadlines, as {@link StreamSupervisor#nanoTime}
     * @param connectedAt when the connection began, on the scale of {@code nanos}
     */
    Http1Filter(
            ConnectionContext socket,
            Wire below,
            byte[] first,
            Runnable shutOutput,
            Runnable identified,
            BiConsumer<Cause, String> report,
            Http1Limits limits,
            InstantSource clock,
            LongSupplier nanos,
            long connectedAt) {
        super(socket);
        this.below = below;
        this.shutOutput = shutOutput;
        this.identified = identified;
        this.report = report;
        this.limits = limits;
        this.nanos = nanos;
        this.inbound = new Http1Inbound(limits);
        this.outbound = new Http1Outbound(below, clock, nanos);
        this.pace = new RequestPace(limits, connectedAt);
        inbound.add(first);
    }

    /**
     * The next bytes for Helidon; null at the end.
     *
     * @throws CloseConnectionException if the connection ends within a body; Helidon then also ends the handler,
     *     silently
     */
    private byte @Nullable [] read() {
        byte[] next = null;
        try {
            next = close.hasBegun() || over ? null : next();
        } catch (Refusal refusal) {
            refuse(refusal);
        }
        if (next == null && inbound.isInBody()) {
            throw new CloseConnectionException("the connection ended within the body of a request");
        }
        return next;
    }

    private byte @Nullable [] next() throws Refusal {
        if (!inbound.isInBody()) {
            Http1Request before = inbound.request();
            if (before != null && before.isLast()) {
                return null;
            }
            pace.awaitsNext();
            outbound.awaitNext();
        }
        byte[] piece = take();
        while (piece == null) {
            byte[] come = await();
            if (close.hasBegun() || come == null) {
                return null;
            }
            inbound.add(come);
            piece = take();
        }
        return piece;
    }

    private byte @Nullable [] take() throws Refusal {
        boolean inBody = inbound.isInBody();
        byte[] piece = inbound.next();
        if (inBody) {
            if (!inbound.isInBody()) {
                pace.bodyEnds();
            }
        } else if (piece != null) {
            tookHead();
        } else if (!inbound.isBetweenRequests()) {
            pace.headBegins(nanos.getAsLong());
        }
        return piece;
    }

    private void tookHead() {
        Http1Request request = inbound.request();
        if (request != null) {
            pace.headEnds(nanos.getAsLong(), inbound.isInBody());
            outbound.begin(request);
            if (!known) {
                known = true;
                identified.run();
            }
        }
    }

    /** Waits for the next bytes; null at the end, or if the connection was cut or reset. */
    private byte @Nullable [] await() {
        pace.waitBegins(nanos.getAsLong(), inbound.bodySize());
        byte[] come = null;
        try {
            come = below.read();
        } catch (UncheckedIOException e) {
            // For Helidon and for the peer, the connection is over either way.
        }
        pace.waitEnds(nanos.getAsLong());
        over = come == null;
        return come;
    }

    private void refuse(Refusal refusal) {
        try {
            outbound.respond(refusal.problem(), refusal.withBody());
        } catch (UncheckedIOException e) {
            cut(); // the peer is gone
        }
        close.begin(nanos.getAsLong());
        int status = refusal.problem().status();
        report.accept(status == 431 ? Cause.HEADERS_TOO_LARGE : Cause.MALFORMED_REQUEST, "answered " + status);
    }

    /**
     * Ends the output, then reads and discards bytes until the peer closes or is cut. Closing a socket with unread
     * bytes could reset the connection, and the peer would lose the response. On a TLS connection this happens only if
     * the gate has ended the connection.
     */
    void leave() {
        if (isSecure() && !close.hasBegun()) {
            return;
        }
        close.begin(nanos.getAsLong());
        close.awaitResponse();
        shutOutput.run();
        while (!over) {
            await();
        }
    }

    @Override
    public void check(long now) {
        if (close.hasLingered(now, limits.linger().toNanos())
                || outbound.isStalled(now, limits.stall().toNanos())) {
            cut();
            return;
        }
        switch (pace.check(now)) {
            case OK -> {}
            case CLOSE -> cut();
            case TIMEOUT -> {
                if (close.beginBeforeResponse(now)) {
                    Thread.ofVirtual().start(this::respondTimeout); // because the socket may have no room
                }
            }
        }
    }

    private void respondTimeout() {
        try {
            report.accept(Cause.TOO_SLOW, "answered 408");
            outbound.respond(new Problem(408, "the request did not arrive in time; it may take " + allowed()), true);
            shutOutput.run();
        } catch (UncheckedIOException e) {
            cut();
        } finally {
            close.responseSent();
        }
    }

    private String allowed() {
        return limits.head().toSeconds() + " s for its head and "
                + limits.request().toSeconds()
                + " s in total, and after " + limits.slow().toSeconds() + " s its body must average at least "
                + limits.minRate() + " bytes a second";
    }

    /** How long the connection has waited for its next request. */
    Duration idleTime() {
        return Duration.ofNanos(pace.idleNanos(nanos.getAsLong()));
    }

    /** Closes the socket, even while other threads read or write. */
    void cut() {
        outbound.cut();
        below.cut();
        close.responseSent();
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return outbound;
    }
}
