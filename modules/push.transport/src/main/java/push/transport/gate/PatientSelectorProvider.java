package push.transport.gate;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/**
 * The JDK's channels, except that a listening one {@linkplain PatientListener survives} what the system refuses for a moment. The launcher
 * names this class in {@code java.nio.channels.spi.SelectorProvider}, and exports {@code sun.nio.ch} to this module: while
 * this provider is loaded there is no other way to the JDK's own.
 */
public final class PatientSelectorProvider extends SelectorProvider {

    private static final String JDK_PROVIDER = "sun.nio.ch.DefaultSelectorProvider";

    private final SelectorProvider jdk;

    /** As the JDK makes it. */
    public PatientSelectorProvider() {
        this(jdkProvider());
    }

    PatientSelectorProvider(SelectorProvider jdk) {
        this.jdk = jdk;
    }

    private static SelectorProvider jdkProvider() {
        try {
            return (SelectorProvider)
                    Class.forName(JDK_PROVIDER).getMethod("get").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "the JDK's channels are out of reach; the launcher's --add-exports=java.base/sun.nio.ch=push.transport"
                            + " is missing",
                    e);
        }
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
        return new PatientListener(jdk.openServerSocketChannel());
    }

    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
        return new PatientListener(jdk.openServerSocketChannel(family));
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
        return jdk.openSocketChannel();
    }

    @Override
    public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
        return jdk.openSocketChannel(family);
    }

    @Override
    public DatagramChannel openDatagramChannel() throws IOException {
        return jdk.openDatagramChannel();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
        return jdk.openDatagramChannel(family);
    }

    @Override
    public Pipe openPipe() throws IOException {
        return jdk.openPipe();
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
        return jdk.openSelector();
    }

    @Override
    public Channel inheritedChannel() throws IOException {
        return jdk.inheritedChannel();
    }
}
