package benchmarks.http;

import java.util.function.Consumer;

/**
 * A request, and what is made of its answer.
 *
 * @param request as it is sent, in ASCII
 * @param answered takes in the body of a success
 */
record Call(String request, Consumer<String> answered) {

    /** A POST of JSON. */
    static Call post(String path, String headers, String json, Consumer<String> answered) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: "
                + json.length() + "\r\n" + headers + "\r\n";
        return new Call(head + json, answered);
    }

    /** A DELETE. */
    static Call delete(String path, Consumer<String> answered) {
        return new Call("DELETE " + path + " HTTP/1.1\r\nHost: bench\r\n\r\n", answered);
    }
}
