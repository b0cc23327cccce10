package app.settings;

import io.helidon.config.Config;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** Reads and checks one key at a time. */
final class SettingsReader {

    /** More can't be counted in nanoseconds, and so not be waited for. */
    private static final Duration MAX = Duration.ofDays(36_500);

    private final Config config;

    SettingsReader(Config config) {
        this.config = config;
    }

    String text(String key, String fallback, String allowed, Predicate<String> check) {
        String value = value(key, fallback);
        if (!check.test(value)) {
            throw new SettingsException(key, value, allowed);
        }
        return value;
    }

    int integer(String key, int fallback, int min, int max) {
        String value = value(key, Integer.toString(fallback));
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with what is out of range.
        }
        throw new SettingsException(
                key,
                value,
                max == Integer.MAX_VALUE
                        ? "a whole number of at least " + min
                        : "a whole number from " + min + " to " + max);
    }

    Duration duration(String key, Duration fallback, Duration min) {
        String value = value(key, fallback.toString());
        try {
            Duration duration = Duration.parse(value.strip());
            if (duration.compareTo(min) >= 0 && duration.compareTo(MAX) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Said below, together with what is out of range.
        }
        String bound = min.toNanos() <= 1 ? "positive" : "of at least " + min;
        throw new SettingsException(key, value, "a duration such as PT5M, " + bound + " and at most " + MAX);
    }

    long size(String key, String fallback) {
        String value = value(key, fallback);
        OptionalLong size = ByteSize.parse(value);
        if (size.isEmpty() || size.getAsLong() < 1) {
            throw new SettingsException(key, value, ByteSize.FORM + ", at least 1");
        }
        return size.getAsLong();
    }

    private String value(String key, String fallback) {
        return config.get(key).asString().orElse(fallback);
    }

    /** Complains of the first key below a prefix that is none of those known: it is a misspelt one. */
    void refuseUnknown(String prefix, Set<String> known) {
        if (config.get(prefix).isLeaf()) {
            throw new SettingsException(
                    prefix, config.get(prefix).asString().orElse(""), "a section with keys below it");
        }
        config.get(prefix)
                .traverse()
                .filter(Config::isLeaf)
                .map(leaf -> leaf.key().toString())
                .filter(key -> !known.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new SettingsException(
                            key + " is no key of this configuration; there are " + String.join(", ", known));
                });
    }
}
