package app.settings;

import io.helidon.config.Config;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.spi.ProtocolConfig;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import push.transport.PushTransport;

/**
 * {@code server.protocols.*}: Helidon's settings for HTTP/1 and HTTP/2. The gate passes connections of both protocols
 * to Helidon, so Helidon itself must not read this section.
 */
public final class ProtocolSettings {

    private static final String HTTP_1 = "http_1_1";
    private static final String HTTP_2 = "http_2";
    private static final Set<String> PROTOCOLS = Set.of(HTTP_1, HTTP_2);

    /** Checks that the gate makes in any case, so they cannot be switched off. */
    private static final Set<String> ALWAYS_ON =
            Set.of("validate-path", "validate-prologue", "validate-request-headers");

    /** The smallest header list, in bytes. A smaller one would not fit the pseudo-headers of a request. */
    private static final int MIN_HEADER_LIST = 256;

    private final Config protocols;

    /**
     * Reads the section.
     *
     * @param server Helidon's section {@code server}
     * @throws SettingsException if {@code protocols} is not a section, or names a protocol that the hub does not serve
     */
    public ProtocolSettings(Config server) {
        this.protocols = server.get("protocols");
        if (protocols.exists() && !protocols.isObject()) {
            throw new SettingsException("server.protocols must contain sections named " + HTTP_1 + " and " + HTTP_2);
        }
        for (String name : names(protocols)) {
            if (!PROTOCOLS.contains(name)) {
                throw new SettingsException("server.protocols." + name
                        + " is not supported; the supported protocols are " + HTTP_1 + " and " + HTTP_2);
            }
        }
    }

    /**
     * The settings for HTTP/1. For a limit that is not set, only the gate's own limit applies.
     *
     * @throws SettingsException if a value is not allowed
     */
    public Http1Config http1() {
        Config section = protocols.get(HTTP_1);
        for (String name : names(section)) {
            checkHttp1(name, section.get(name));
        }
        return PushTransport.http1Defaults().config(section).build();
    }

    private static void checkHttp1(String name, Config value) {
        String key = "server.protocols." + HTTP_1 + "." + name;
        String text = value.asString().orElse("").strip();
        if (ALWAYS_ON.contains(name) && !text.equals("true")) {
            throw new SettingsException(key, text, "true, because the hub always checks this");
        }
        if (name.equals("max-prologue-length") || name.equals("max-headers-size")) {
            requirePositive(key, text);
        }
    }

    /**
     * The settings for HTTP/2. For a limit that is not set, only the gate's own limit applies.
     *
     * @throws SettingsException if a key has no effect because the hub sets it, or if a value is not allowed
     */
    public Http2Config http2() {
        Config section = protocols.get(HTTP_2);
        for (String name : names(section)) {
            checkHttp2(name, section.get(name));
        }
        return PushTransport.http2Defaults().config(section).build();
    }

    private static void checkHttp2(String name, Config value) {
        String key = "server.protocols." + HTTP_2 + "." + name;
        String text = value.asString().orElse("").strip();
        switch (name) {
            case "max-concurrent-streams" -> requireAtLeast(key, text, 1);
            case "max-header-list-size" -> requireAtLeast(key, text, MIN_HEADER_LIST);
            case "flow-control-timeout" -> requireDuration(key, text);
            default ->
                throw new SettingsException(key
                        + " cannot be set, because the hub sets it; the available keys are flow-control-timeout,"
                        + " max-concurrent-streams and max-header-list-size");
        }
    }

    private static void requireDuration(String key, String text) {
        try {
            if (Duration.parse(text).isPositive()) {
                return;
            }
        } catch (DateTimeParseException e) {
            // Reported below, together with a value out of range.
        }
        throw new SettingsException(key, text, "a positive duration such as PT15S");
    }

    private static void requirePositive(String key, String text) {
        requireAtLeast(key, text, 1);
    }

    private static void requireAtLeast(String key, String text, int least) {
        try {
            if (Integer.parseInt(text) >= least) {
                return;
            }
        } catch (NumberFormatException e) {
            // Reported below, together with a value out of range.
        }
        throw new SettingsException(key, text, "a whole number of at least " + least);
    }

    private static Set<String> names(Config section) {
        Set<String> names = new TreeSet<>();
        section.asNodeList().orElse(List.of()).forEach(child -> names.add(child.name()));
        return names;
    }

    /** Placeholders for both protocols, so that Helidon does not configure them from this section. */
    public static List<ProtocolConfig> reserved() {
        return List.of(new Reserved(HTTP_1), new Reserved(HTTP_2));
    }

    private record Reserved(String name) implements ProtocolConfig {

        @Override
        public String type() {
            return name;
        }
    }
}
