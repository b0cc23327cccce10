package access;

import java.util.List;

/**
 * A caller and its call, as far as the connection and the head of the request tell. Everything except the peer is as the
 * caller claims, and can be any text. For the thread that was asked.
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
     * The path that the door looks the call up by, without the query: for HTTP the decoded path, such as
     * {@code /api/v1/sessions}; for gRPC {@code /} and the full name of the method, such as
     * {@code /push.v1.Push/SubscribePush}.
     */
    String path();

    /**
     * The values of a header, in their order; empty if the request does not have it. A header that must occur once, such
     * as {@code authorization}, can have several values: a policy that takes one of them may take another one than a
     * proxy did.
     *
     * @param name the name of the header, in any case
     */
    List<String> header(String name);
}
