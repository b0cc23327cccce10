package http;

import static java.lang.System.Logger.Level.DEBUG;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;

/**
 * Closes a connection after a response with {@code Connection: close}. Without this filter, Helidon reads on and treats
 * an unread body as the next request, so a caller could smuggle in a request.
 *
 * <p>A client that sends {@code Expect: 100-continue} may send its body at any time. If the response is sent before the
 * hub has asked for the body, the hub cannot know whether the next bytes are the body or a request. Such a response
 * therefore has {@code Connection: close}, too.
 */
final class ConnectionCloseFilter implements Filter {

    private static final System.Logger LOG = System.getLogger(ConnectionCloseFilter.class.getName());

    /** Only {@link Problems#serve} adds this filter. */
    ConnectionCloseFilter() {}

    private enum Broken {
        BODY
    }

    /** Records that a body cannot be read to its end, so the start of the next request is unknown. */
    static void markBodyBroken(ServerRequest request) {
        request.context().register(Broken.BODY);
    }

    /**
     * Adds {@code Connection: close} to a response after which the connection cannot be used. HTTP/2 needs no such
     * header: it keeps its streams apart.
     */
    static void addHeader(ServerRequest request, ServerResponse response) {
        if (hasBrokenBody(request) && isHttp1(request)) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
    }

    private static void closeUnlessContinued(RoutingRequest request, RoutingResponse response) {
        if (!request.continueSent()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
    }

    private static boolean isHttp1(ServerRequest request) {
        return request.prologue().protocolVersion().startsWith("1");
    }

    private static boolean hasBrokenBody(ServerRequest request) {
        return request.context().get(Broken.class).isPresent();
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (isHttp1(request) && request.headers().containsToken(HeaderValues.EXPECT_100)) {
            response.beforeSend(() -> closeUnlessContinued(request, response));
        }
        chain.proceed();
        if (response.isSent() && response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            // A client that sent Expect: 100-continue is still waiting. Reading its body would send the 100 after the
            // final response.
            boolean waits = request.headers().containsToken(HeaderValues.EXPECT_100) && !request.continueSent();
            if (!waits && !hasBrokenBody(request)) {
                readRest(request);
            }
            throw new CloseConnectionException("the response has Connection: close");
        }
    }

    /** Skips about as many bytes as a body may have. A client that sends more, or never ends, loses the response. */
    private static void skip(InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        int left = JsonBody.MAX_BYTES;
        int read = in.read(buffer);
        while (read >= 0 && left > 0) {
            left -= read;
            read = in.read(buffer);
        }
    }

    /** Reads the rest of the body: closing a connection with unread bytes can cost the caller the response. */
    private static void readRest(ServerRequest request) {
        try {
            if (!request.content().consumed()) {
                // Neither close() nor the server's own consume() is called: after a malformed chunk,
                // both would wait for the next one.
                skip(request.content().inputStream());
            }
        } catch (IOException | RuntimeException e) {
            // The body has no end, or the caller has disconnected: there is nothing more to read.
            LOG.log(DEBUG, "the rest of a body could not be read", e);
        }
    }
}
