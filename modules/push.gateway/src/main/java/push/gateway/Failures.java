package push.gateway;

import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Describes connection failures so that the reader knows what to fix. */
public final class Failures {

    private static final String NO_TLS = "it does not speak TLS";

    private Failures() {}

    /** Returns a phrase that describes the failure, such as "it does not speak TLS". */
    public static String reason(Throwable failure) {
        Throwable root =
                failure instanceof UncheckedIOException && failure.getCause() != null ? failure.getCause() : failure;
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return switch (root) {
            case UnknownHostException _ -> "there is no host of this name";
            case SocketTimeoutException _ -> "no answer came in time";
            case SSLException _ -> ofTls(message);
            default -> message;
        };
    }

    /** Returns true if the peer answered without TLS to a client that uses TLS. */
    public static boolean isPlain(Throwable failure) {
        return reason(failure).equals(NO_TLS);
    }

    private static String ofTls(String message) {
        if (message.contains("PKIX path")) {
            return "its certificate is not trusted; name the authority that issued it as \"ca\" (" + message + ")";
        }
        if (message.contains("subject alternative") || message.contains("No name matching")) {
            return "its certificate is for another host (" + message + ")";
        }
        if (message.contains("certificate_required") || message.contains("bad_certificate")) {
            return "it asks for a client certificate that it trusts; name one as \"cert\" and \"key\" (" + message
                    + ")";
        }
        // The two ways in which Java's TLS says it.
        if (message.contains("nrecognized SSL message")) {
            return NO_TLS;
        }
        if (message.contains("no_application_protocol")) {
            return "it does not offer HTTP/2 (ALPN \"h2\")";
        }
        return message;
    }
}
