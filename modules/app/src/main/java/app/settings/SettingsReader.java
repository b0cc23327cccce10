package app.settings;

import io.helidon.config.Config;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads and checks one key at a time. */
final class SettingsReader {

    /** The longest duration, chosen so that it fits a long in nanoseconds. */
    private static final Duration MAX = Duration.ofDays(36_500);

    private static final Duration POSITIVE = Duration.ofNanos(1);

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");

    private final Config config;

    SettingsReader(Config config) {
        this.config = config;
    }

    /** Reads any text. */
    String text(String key, String fallback) {
        return config.get(key).asString().orElse(fallback);
    }

    String text(String key, String fallback, String allowed, Predicate<String> check) {
        String value = text(key, fallback);
        if (!check.test(value)) {
            throw new SettingsException(key, value, allowed);
        }
        return value;
    }

    int integer(String key, int fallback, int min, int max) {
        String value = text(key, Integer.toString(fallback));
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, together with a value out of range.
        }
        throw new SettingsException(
                key,
                value,
                max == Integer.MAX_VALUE
                        ? "a whole number of at least " + min
                        : "a whole number from " + min + " to " + max);
    }

    /** Reads a positive duration. */
    Duration duration(String key, Duration fallback) {
        return duration(key, fallback, POSITIVE);
    }

    Duration duration(String key, Duration fallback, Duration min) {
        String value = text(key, fallback.toString());
        try {
            Duration duration = Duration.parse(value.strip());
            if (duration.compareTo(min) >= 0 && duration.compareTo(MAX) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Reported below, together with a value out of range.
        }
        String bound = min.equals(POSITIVE) ? "positive" : "at least " + min;
        throw new SettingsException(key, value, "a duration such as PT5M, " + bound + " and at most " + MAX);
    }

    long size(String key, String fallback) {
        return size(key, fallback, 1);
    }

    long size(String key, String fallback, long min) {
        String value = text(key, fallback);
        OptionalLong size = ByteSize.parse(value);
        if (size.isEmpty() || size.getAsLong() < min) {
            throw new SettingsException(key, value, ByteSize.FORM + ", at least " + min);
        }
        return size.getAsLong();
    }

    /** Reads host names: a list, or one text with commas between the names. */
    Set<String> hosts(String key) {
        Config node = config.get(key);
        List<String> names = node.isList()
                ? node.asList(String.class).orElse(List.of())
                : List.of(node.asString().orElse("").split(","));
        return names.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> host(key, name))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String host(String key, String name) {
        if (!HOST.matcher(name).matches()) {
            throw new SettingsException(key, name, "host names such as hub.example, without a scheme or a port");
        }
        return name;
    }

    boolean flag(String key, boolean fallback) {
        String value = text(key, Boolean.toString(fallback)).strip();
        if (!value.equals("true") && !value.equals("false")) {
            throw new SettingsException(key, value, "true or false");
        }
        return value.equals("true");
    }

    Optional<String> optional(String key) {
        return config.get(key).asString().asOptional();
    }

    /** The keys of a list's elements, each of which must be a section; empty if the list does not exist. */
    List<String> elements(String key) {
        Config list = config.get(key);
        if (list.isLeaf() && !list.asString().orElse("").isBlank()) {
            throw new SettingsException(key, list.asString().orElse(""), "a list of sections");
        }
        return list.asNodeList().orElse(List.of()).stream()
                .peek(SettingsReader::requireSection)
                .map(element -> element.key().toString())
                .toList();
    }

    private static void requireSection(Config node) {
        if (node.isLeaf()) {
            throw new SettingsException(
                    node.key().toString(), node.asString().orElse(""), "a section with keys below it");
        }
    }

    double ratio(String key, double fallback) {
        String value = text(key, Double.toString(fallback));
        try {
            double ratio = Double.parseDouble(value.strip());
            if (ratio >= 0 && ratio <= 1) {
                return ratio;
            }
        } catch (NumberFormatException e) {
            // Reported below, together with a value out of range.
        }
        throw new SettingsException(key, value, "a number from 0 to 1");
    }

    /** Reads the address of an HTTP server; empty if the key is not set. */
    Optional<URI> address(String key) {
        String value = text(key, "").strip();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI address = new URI(value);
            if (List.of("http", "https").contains(String.valueOf(address.getScheme())) && address.getHost() != null) {
                return Optional.of(address);
            }
        } catch (URISyntaxException e) {
            // Reported below, together with other addresses that are not allowed.
        }
        throw new SettingsException(key, value, "an http or https URL such as http://127.0.0.1:4318");
    }

    /** Reads a secret from its own key or from a {@linkplain SecretFile file}; an empty text if neither is set. */
    String secret(String key, String fileKey, Path folder) {
        String secret = text(key, "");
        String file = text(fileKey, "");
        if (file.isEmpty()) {
            return secret;
        }
        if (!secret.isEmpty()) {
            throw new SettingsException(fileKey, file, "absent if " + key + " is set");
        }
        return SecretFile.read(fileKey, file, folder);
    }

    /**
     * Checks that all keys below a section are valid.
     *
     * @throws SettingsException for the first key that is not valid, and is probably misspelt
     */
    void refuseUnknown(String section, KnownKeys known) {
        requireSection(config.get(section));
        config.get(section)
                .traverse()
                .filter(Config::isLeaf)
                .map(leaf -> leaf.key().toString())
                .filter(key -> !known.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new SettingsException(
                            key + " is not a key of this configuration; the nearest is " + known.nearest(key));
                });
    }
}
