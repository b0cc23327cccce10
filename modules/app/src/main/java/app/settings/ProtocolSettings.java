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
 * {@code server.protocols.*}: Helidon's settings for HTTP/1 and HTTP/2. The gate has Helidon serve both, so Helidon itself
 * must not read this section.
 */
public final class ProtocolSettings {

    private static final String HTTP_1 = "http_1_1";
    private static final String HTTP_2 = "http_2";
    private static final Set<String> PROTOCOLS = Set.of(HTTP_1, HTTP_2);

    /** The gate checks what these would switch off. */
    private static final Set<String> ALWAYS_ON =
            Set.of("validate-path", "validate-prologue", "validate-request-headers");

    /** Fewer bytes have no room for a request's pseudo-headers. */
    private static final int MIN_HEADER_LIST = 256;

    private final Config protocols;

    /**
     * Reads the section.
     *
     * @param server Helidon's own section
     * @throws SettingsException for a protocol that is not served, or a key that cannot work
     */
    public ProtocolSettings(Config server) {
        this.protocols = server.get("protocols");
        if (protocols.exists() && !protocols.isObject()) {
            throw new SettingsException("server.protocols must have sections named " + HTTP_1 + " and " + HTTP_2);
        }
        for (String name : names(protocols)) {
            if (!PROTOCOLS.contains(name)) {
                throw new SettingsException(
                        "server.protocols." + name + " cannot work: served are " + HTTP_1 + " and " + HTTP_2);
            }
        }
    }

    /**
     * The settings for HTTP/1. What is not set there sets no limit.
     *
     * @throws SettingsException for a value that is not allowed
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
            throw new SettingsException(key, text, "true, as the hub always checks this");
        }
        if (name.equals("max-prologue-length") || name.equals("max-headers-size")) {
            requirePositive(key, text);
        }
    }

    /**
     * The settings for HTTP/2. What is not set there sets no limit.
     *
     * @throws SettingsException for a key that cannot work, or a value that is not allowed
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
                        + " cannot work: the hub sets it; there are flow-control-timeout, max-concurrent-streams, and"
                        + " max-header-list-size");
        }
    }

    private static void requireDuration(String key, String text) {
        try {
            if (Duration.parse(text).isPositive()) {
                return;
            }
        } catch (DateTimeParseException e) {
            // Said below, together with what is out of range.
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
            // Said below, together with what is out of range.
        }
        throw new SettingsException(key, text, "a whole number of at least " + least);
    }

    private static Set<String> names(Config section) {
        Set<String> names = new TreeSet<>();
        section.asNodeList().orElse(List.of()).forEach(child -> names.add(child.name()));
        return names;
    }

    /** Stands in the place of each protocol, so that Helidon makes nothing of this section by itself. */
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
