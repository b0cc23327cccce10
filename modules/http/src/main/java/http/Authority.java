package http;

import java.net.Inet6Address;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port, as in the headers {@code Host} and {@code Origin}.
 *
 * @param host the host in lower case, without a trailing dot; an IPv6 address is in its full form, without brackets
 * @param port the port; empty when it is absent, or is the default port of HTTP or HTTPS
 * @param kind whether the host is an address or a name
 */
record Authority(String host, String port, Kind kind) {

    /** The kinds of host. */
    enum Kind {
        ADDRESS,
        NAME
    }

    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+))(?::(\\d{0,5}))?");
    private static final Pattern BYTE = Pattern.compile("25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:" + BYTE + ")\\.){3}(?:" + BYTE + ")");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*");
    private static final int MAX_PORT = 65_535;

    /** Parses the text. Returns empty when the text has another form, for example with user information. */
    static Optional<Authority> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<String> port = port(matcher.group(3));
        return port.flatMap(p -> matcher.group(1) == null ? named(matcher.group(2), p) : literal(matcher.group(1), p));
    }

    private static Optional<String> port(String digits) {
        if (digits == null || digits.isEmpty()) {
            return Optional.of("");
        }
        int port = Integer.parseInt(digits);
        return port > MAX_PORT
                ? Optional.empty()
                : Optional.of(port == 80 || port == 443 ? "" : Integer.toString(port));
    }

    private static Optional<Authority> literal(String address, String port) {
        try {
            return Optional.of(new Authority(Inet6Address.ofLiteral(address).getHostAddress(), port, Kind.ADDRESS));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Authority> named(String text, String port) {
        String host = withoutFinalDot(text.toLowerCase(Locale.ROOT));
        if (IPV4.matcher(host).matches()) {
            return Optional.of(new Authority(host, port, Kind.ADDRESS));
        }
        return NAME.matcher(host).matches() ? Optional.of(new Authority(host, port, Kind.NAME)) : Optional.empty();
    }

    private static String withoutFinalDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /**
     * Whether the host is an address, or a name that no public DNS server resolves, such as {@code localhost} or
     * {@code hub}.
     */
    boolean isLocal() {
        return kind == Kind.ADDRESS || host.indexOf('.') < 0;
    }
}
