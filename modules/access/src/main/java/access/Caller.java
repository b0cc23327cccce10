package access;

import java.util.List;

/**
 * A call, and what the connection and the head of the request say about its caller. Everything except the peer is a
 * claim of the caller, and can be any text. Only the thread that asks may use it.
 */
public interface Caller {

    /**
     * The address and port of the connection's peer, for example {@code 192.0.2.7:51034}; {@code unknown} if the
     * connection is already gone. Behind a proxy, this is the proxy.
     */
    String peer();

    /** The HTTP method as the caller wrote it; always {@code POST} for a gRPC call. */
    String method();

    /**
     * The path by which the door finds the handler of the call, without the query. For HTTP, it is the decoded path,
     * such as {@code /api/v1/sessions}. For gRPC, it is {@code /} and the full name of the method, such as
     * {@code /push.v1.Push/SubscribePush}.
     */
    String path();

    /**
     * The values of a header, in their order, as an immutable list; empty if the request does not have the header. A
     * header that must occur once, such as {@code authorization}, can have several values: a policy that takes one of
     * them may take another one than a proxy did.
     *
     * @param name the name of the header, in any case
     */
    List<String> header(String name);
}
