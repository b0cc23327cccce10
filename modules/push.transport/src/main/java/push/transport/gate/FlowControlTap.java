package push.transport.gate;

import io.helidon.http.HttpPrologue;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2Settings;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2StreamWriter;
import io.helidon.http.http2.StreamFlowControl;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector;
import io.helidon.webserver.http2.spi.SubProtocolResult;

/**
 * Passes the flow-control window of each Helidon stream to the gate, so that the gate can open it. It is a sub-protocol
 * selector that accepts no stream, because Helidon passes that window only to selectors. It must be the first selector.
 */
public final class FlowControlTap implements Http2SubProtocolSelector {

    @Override
    public SubProtocolResult subProtocol(
            ConnectionContext context,
            HttpPrologue prologue,
            Http2Headers headers,
            Http2StreamWriter writer,
            int streamId,
            Http2Settings serverSettings,
            Http2Settings clientSettings,
            StreamFlowControl flowControl,
            Http2StreamState state,
            Router router) {
        if (context instanceof Http2Filter connection) {
            connection.setHelidonWindow(streamId, flowControl.outbound());
        }
        return NOT_SUPPORTED;
    }
}
