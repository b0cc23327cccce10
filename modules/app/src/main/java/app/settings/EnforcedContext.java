package app.settings;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A server's TLS context whose sockets apply the settings for client certificates, protocols and cipher suites.
 *
 * <p>Helidon 4.5 applies these settings only to its NIO sockets, which the hub does not use. Without this class, the
 * hub would serve clients without a certificate even if a certificate is required. Thread-safe.
 */
final class EnforcedContext extends SSLContext {

    /**
     * Wraps a context.
     *
     * @param context the context that creates the sockets
     * @param parameters the settings that each socket applies, except the check of the host name, which is for clients
     */
    EnforcedContext(SSLContext context, SSLParameters parameters) {
        super(new Spi(context, parameters), context.getProvider(), context.getProtocol());
    }

    private static final class Spi extends SSLContextSpi {

        private final SSLContext context;
        private final SSLParameters parameters;

        Spi(SSLContext context, SSLParameters parameters) {
            this.context = context;
            this.parameters = parameters;
            parameters.setEndpointIdentificationAlgorithm("");
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("the context is already initialized");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new Sockets(context.getSocketFactory(), parameters);
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return enforced(context.createSSLEngine());
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return enforced(context.createSSLEngine(host, port));
        }

        private SSLEngine enforced(SSLEngine engine) {
            engine.setUseClientMode(false);
            engine.setSSLParameters(parameters);
            return engine;
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return context.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return context.getSupportedSSLParameters();
        }
    }

    private static final class Sockets extends SSLSocketFactory {

        private final SSLSocketFactory sockets;
        private final SSLParameters parameters;

        Sockets(SSLSocketFactory sockets, SSLParameters parameters) {
            this.sockets = sockets;
            this.parameters = parameters;
        }

        private Socket enforced(Socket socket) {
            if (socket instanceof SSLSocket tls) {
                tls.setUseClientMode(false); // must be first: it resets the parameters to a server's defaults
                tls.setSSLParameters(parameters);
            }
            return socket;
        }

        @Override
        public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
            return enforced(sockets.createSocket(below, host, port, autoClose));
        }

        @Override
        public Socket createSocket(Socket below, InputStream consumed, boolean autoClose) throws IOException {
            return enforced(sockets.createSocket(below, consumed, autoClose));
        }

        @Override
        public Socket createSocket() throws IOException {
            return enforced(sockets.createSocket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return enforced(sockets.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return enforced(sockets.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return enforced(sockets.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return enforced(sockets.createSocket(host, port, local, localPort));
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return sockets.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return sockets.getSupportedCipherSuites();
        }
    }
}
