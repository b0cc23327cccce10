package benchmarks.http;

import java.util.function.Consumer;

/**
 * A request, and the handler of its response.
 *
 * @param request the request as it is sent, in ASCII
 * @param answered receives the body of a successful response
 */
record Call(String request, Consumer<String> answered) {

    /** Creates a POST request with JSON. */
    static Call post(String path, String headers, String json, Consumer<String> answered) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: "
                + json.length() + "\r\n" + headers + "\r\n";
        return new Call(head + json, answered);
    }

    /** Creates a DELETE request. */
    static Call delete(String path, Consumer<String> answered) {
        return new Call("DELETE " + path + " HTTP/1.1\r\nHost: bench\r\n\r\n", answered);
    }
}
