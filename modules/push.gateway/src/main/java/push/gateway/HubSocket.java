package push.gateway;

import static java.lang.System.Logger.Level.TRACE;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PlainSocket;
import io.helidon.common.socket.TlsSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connected socket, in plain text or with TLS.
 *
 * <p>This class sets up TLS itself, because Helidon's client checks the certificate against the name that a reverse DNS
 * lookup of the address returns. The owner of that DNS zone could choose the name. This class checks the certificate
 * against the name or address that the caller connects to.
 */
final class HubSocket implements DataWriter {

    private static final System.Logger LOG = System.getLogger(HubSocket.class.getName());
    private static final String HTTP2 = "h2";

    private final Socket tcp;

    /** The TLS socket above {@link #tcp}; without TLS, the same socket. */
    private final Socket socket;

    private final HelidonSocket helidon;

    private HubSocket(Socket tcp, Socket socket, HelidonSocket helidon) {
        this.tcp = tcp;
        this.socket = socket;
        this.helidon = helidon;
    }

    /** Connects without TLS. Blocks. */
    static HubSocket plainText(Target target, Duration timeout) throws IOException {
        Socket tcp = connect(target, timeout);
        return new HubSocket(tcp, tcp, PlainSocket.client(tcp, target.toString()));
    }

    /** Connects with TLS. Blocks; the timeout applies to the connection, and again to each read of the handshake. */
    static HubSocket tls(Target target, Duration timeout, SSLContext context) throws IOException {
        Socket tcp = connect(target, timeout);
        try {
            tcp.setSoTimeout(millis(timeout));
            SSLSocket tls =
                    (SSLSocket) context.getSocketFactory().createSocket(tcp, target.host(), target.port(), true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setApplicationProtocols(new String[] {HTTP2});
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            if (!HTTP2.equals(tls.getApplicationProtocol())) {
                throw new SSLHandshakeException(ConnectionFailures.NO_HTTP2);
            }
            return new HubSocket(tcp, tls, TlsSocket.client(tls, target.toString()));
        } catch (IOException | RuntimeException e) {
            tcp.close();
            throw e;
        }
    }

    private static Socket connect(Target target, Duration timeout) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(InetAddress.getByName(target.host()), target.port()), millis(timeout));
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static int millis(Duration timeout) {
        return Math.toIntExact(timeout.toMillis());
    }

    HelidonSocket helidon() {
        return helidon;
    }

    void readTimeout(Duration timeout) {
        try {
            socket.setSoTimeout(millis(timeout));
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the TCP socket, which ends all reads and writes. A TLS close would wait for a write that hangs. */
    void abort() {
        try {
            tcp.close();
        } catch (IOException e) {
            LOG.log(TRACE, "a socket could not be closed", e);
        }
    }

    @Override
    public void write(BufferData... buffers) {
        for (BufferData buffer : buffers) {
            helidon.write(buffer);
        }
    }

    @Override
    public void write(BufferData buffer) {
        helidon.write(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        write(buffers);
    }

    @Override
    public void writeNow(BufferData buffer) {
        write(buffer);
    }

    @Override
    public void flush() {
        // Writes are not buffered.
    }
}
