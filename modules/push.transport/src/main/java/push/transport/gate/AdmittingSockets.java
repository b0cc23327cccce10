package push.transport.gate;

import io.helidon.common.socket.SocketOptions;
import java.nio.channels.SocketChannel;

/** Asks the {@link Admission} about each connection that a server accepts, before anything else is done with it. */
public final class AdmittingSockets extends ForwardingSocketOptions {

    private final Admission admission;

    public AdmittingSockets(SocketOptions options, Admission admission) {
        super(options);
        this.admission = admission;
    }

    /** Throws when the connection is refused; Helidon then closes it, and goes on accepting. */
    @Override
    public void configureSocket(SocketChannel channel) {
        admission.admit(channel);
        super.configureSocket(channel);
    }
}
