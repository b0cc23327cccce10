package push.gateway;

import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Describes connection failures so that the reader knows what to fix. Safe to call from any thread. */
public final class ConnectionFailures {

    static final String NO_HTTP2 = "the server does not offer HTTP/2 (ALPN \"h2\")";

    private static final String NO_TLS = "the server does not speak TLS";

    private ConnectionFailures() {}

    /**
     * Returns a clause that describes a failure, such as "the server does not speak TLS". If the kind of failure is not
     * known, returns the message of the exception.
     *
     * @param failure what a connection attempt, a read or a write threw
     */
    public static String reason(Throwable failure) {
        Throwable root =
                failure instanceof UncheckedIOException && failure.getCause() != null ? failure.getCause() : failure;
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return switch (root) {
            case UnknownHostException _ -> "the host name cannot be resolved";
            case SocketTimeoutException _ -> "the server did not respond in time";
            case SSLException _ -> ofTls(message);
            default -> message;
        };
    }

    /** Returns true if the server responded in plain text to a client that uses TLS. */
    public static boolean isPlainText(Throwable failure) {
        return reason(failure).equals(NO_TLS);
    }

    private static String ofTls(String message) {
        if (message.contains("PKIX path")) {
            return "the server's certificate is not trusted; name the authority that issued it as \"ca\" (" + message
                    + ")";
        }
        if (message.contains("subject alternative") || message.contains("No name matching")) {
            return "the server's certificate is for another host (" + message + ")";
        }
        if (message.contains("certificate_required") || message.contains("bad_certificate")) {
            return "the server requires a client certificate that it trusts; name one as \"cert\" and \"key\" ("
                    + message + ")";
        }
        // Java's TLS reports this in two ways, which differ in the first letter.
        if (message.contains("nrecognized SSL message")) {
            return NO_TLS;
        }
        if (message.contains("no_application_protocol")) {
            return NO_HTTP2;
        }
        return message;
    }
}
