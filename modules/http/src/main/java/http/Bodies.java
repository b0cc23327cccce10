package http;

import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Sends the body of an answer. */
public final class Bodies {

    private Bodies() {}

    /**
     * Sends a body; of an answer to {@code HEAD} only its length. The server by itself would send both, and the body
     * would be taken for the next answer.
     *
     * @throws Problem 503 when too many large answers are waiting to be read
     */
    public static void send(ServerRequest request, ServerResponse response, byte[] body) {
        if (request.prologue().method().equals(Method.HEAD)) {
            response.headers().contentLength(body.length);
            response.send();
        } else {
            AnswerMemory.hold(request, body.length, () -> response.send(body));
        }
    }
}
