package push.gateway;

/**
 * The address of a hub. Immutable.
 *
 * @param host a host name or an IP address; an IPv6 address without brackets
 * @param port the TCP port, from 1 to 65535
 */
public record Target(String host, int port) {

    private static final int MAX_PORT = 65_535;

    /** @throws IllegalArgumentException if the host is blank or the port is out of range */
    public Target {
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host must not be blank");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("the port must be from 1 to 65535, but was " + port);
        }
    }

    /**
     * Parses {@code HOST:PORT}. An IPv6 address must be in brackets, as in {@code [::1]:8080}.
     *
     * @throws IllegalArgumentException if the text does not have this form, or the port is out of range
     */
    public static Target parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(colon, 0));
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || (host.indexOf(':') >= 0 && !bracketed)) {
            throw new IllegalArgumentException("expected HOST:PORT, but got '" + text + "'");
        }
        return new Target(bracketed ? host.substring(1, host.length() - 1) : host, port(text, colon));
    }

    private static int port(String text, int colon) {
        try {
            return Integer.parseInt(text.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number after the last ':' of '" + text + "'", e);
        }
    }

    /** Returns {@code HOST:PORT}, in the form that {@link #parse} accepts. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
