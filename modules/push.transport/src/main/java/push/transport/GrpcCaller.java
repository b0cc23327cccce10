package push.transport;

import access.Caller;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import java.util.List;
import push.transport.gate.Http2Filter;

/** The caller of a gRPC method. */
record GrpcCaller(ConnectionContext connection, HttpPrologue prologue, Headers headers) implements Caller {

    @Override
    public String peer() {
        PeerInfo peer = connection.remotePeer();
        return connection instanceof Http2Filter filter ? filter.peer() : peer.host() + ":" + peer.port();
    }

    @Override
    public String method() {
        return prologue.method().text();
    }

    /** The raw path, by which {@link PushProtocol} and {@link OtherCalls} find the method. */
    @Override
    public String path() {
        return prologue.uriPath().rawPath();
    }

    @Override
    public List<String> header(String name) {
        return List.copyOf(headers.all(HeaderNames.create(name), List::of));
    }
}
