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
 * Provides the JDK's channels, except that a listening socket is a {@link RetryingServerSocketChannel}, which survives
 * a temporary lack of resources. The launcher names this class in the system property {@code
 * java.nio.channels.spi.SelectorProvider}. The launcher also exports {@code sun.nio.ch} to this module, because this
 * class has no other access to the JDK's own provider.
 */
public final class RetryingSelectorProvider extends SelectorProvider {

    private static final String JDK_PROVIDER = "sun.nio.ch.DefaultSelectorProvider";

    private final SelectorProvider jdk;

    /** Creates the provider. The JDK calls this constructor. */
    public RetryingSelectorProvider() {
        this(jdkProvider());
    }

    RetryingSelectorProvider(SelectorProvider jdk) {
        this.jdk = jdk;
    }

    private static SelectorProvider jdkProvider() {
        try {
            return (SelectorProvider)
                    Class.forName(JDK_PROVIDER).getMethod("get").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "cannot access the JDK's selector provider; the launcher must pass"
                            + " --add-exports=java.base/sun.nio.ch=push.transport",
                    e);
        }
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
        return new RetryingServerSocketChannel(jdk.openServerSocketChannel());
    }

    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
        return new RetryingServerSocketChannel(jdk.openServerSocketChannel(family));
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
