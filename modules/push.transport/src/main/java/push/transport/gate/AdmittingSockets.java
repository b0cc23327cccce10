package push.transport.gate;

import io.helidon.common.socket.SocketOptions;
import java.nio.channels.SocketChannel;

/** Asks the {@link Admission} about each connection that a server accepts, before anything else uses the connection. */
public final class AdmittingSockets extends ForwardingSocketOptions {

    private final Admission admission;

    public AdmittingSockets(SocketOptions options, Admission admission) {
        super(options);
        this.admission = admission;
    }

    /** Throws if the connection is refused. Helidon then closes it, and continues to accept connections. */
    @Override
    public void configureSocket(SocketChannel channel) {
        admission.admit(channel);
        super.configureSocket(channel);
    }
}
