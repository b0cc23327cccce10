package push.transport.gate;

import java.util.Locale;
import java.util.Optional;

/**
 * The request methods that the hub knows. Names are case-sensitive (RFC 9110, section 9.1). TRACE and CONNECT are not
 * among them on purpose.
 */
enum RequestMethod {
    GET,
    HEAD,
    POST,
    PUT,
    DELETE,
    PATCH,
    OPTIONS;

    /** The method with this name; empty if the response must be a 501. */
    static Optional<RequestMethod> of(String name) {
        for (RequestMethod method : values()) {
            if (method.name().equals(name)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /** What is wrong with a name that {@link #of} does not find. */
    static String fault(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        String hint = of(upper).isPresent() ? ", in upper case" : "";
        return "the method " + Quoted.of(name)
                + " is not implemented; allowed are GET, HEAD, POST, PUT, DELETE, PATCH and OPTIONS" + hint;
    }
}
