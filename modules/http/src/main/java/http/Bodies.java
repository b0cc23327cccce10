package http;

import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Sends the body of a response. */
public final class Bodies {

    private Bodies() {}

    /**
     * Sends a body. For {@code HEAD}, sends only the length: the server would otherwise send the body too, and the
     * client would read it as the next response.
     *
     * @throws Problem 503 when too many large responses are waiting to be read
     */
    public static void send(ServerRequest request, ServerResponse response, byte[] body) {
        if (request.prologue().method().equals(Method.HEAD)) {
            response.headers().contentLength(body.length);
            response.send();
        } else {
            ResponseMemory.send(request, body.length, () -> response.send(body));
        }
    }
}
