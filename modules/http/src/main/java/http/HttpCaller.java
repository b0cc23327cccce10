package http;

import access.Caller;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/** The caller of an HTTP request. */
record HttpCaller(ServerRequest request) implements Caller {

    @Override
    public String peer() {
        SocketAddress address = request.remotePeer().address();
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "unknown";
    }

    @Override
    public String method() {
        return request.prologue().method().text();
    }

    @Override
    public String path() {
        return request.path().path();
    }

    @Override
    public List<String> header(String name) {
        return List.copyOf(request.headers().all(HeaderNames.create(name), List::of));
    }
}
