package http;

import io.helidon.webserver.http.ServerRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/** The parameters of a request. Every reading method throws a {@link Problem} that names its parameter. */
public final class Parameters {

    /** The end of the accepted times. Databases do not accept times far beyond it. */
    private static final Instant END_OF_TIMES = Instant.parse("9999-01-01T00:00:00Z");

    private Parameters() {}

    /** A UUID in the path. */
    public static UUID pathUuid(ServerRequest request, String name) {
        return Uuids.parse(name, name, request.path().pathParameters().get(name));
    }

    /**
     * Checks the names in the query. A misspelt parameter would otherwise be taken for an absent one.
     *
     * @param allowed the names that may be there, each at most once
     */
    public static void requireQuery(ServerRequest request, Set<String> allowed) {
        for (String name : request.query().names()) {
            if (!allowed.contains(name)) {
                String shown = Quoted.cut(name);
                throw Problem.invalidField(
                        shown.isEmpty() ? "query" : shown,
                        "unknown parameter \"" + shown + "\"; allowed are "
                                + String.join(", ", new TreeSet<>(allowed)));
            }
            if (request.query().all(name).size() > 1) {
                throw Problem.invalidField(name, name + " must not be repeated");
            }
        }
    }

    /** A text in the query; empty when it is absent. */
    public static String queryText(ServerRequest request, String name, int maxLength) {
        String text = request.query().first(name).orElse("");
        int length = text.codePointCount(0, text.length());
        if (length > maxLength) {
            throw Problem.invalidField(
                    name, name + " must have at most " + maxLength + " characters, and had " + length);
        }
        return text;
    }

    /** An integer in the query, from {@code min} to {@code max}. */
    public static int queryInteger(ServerRequest request, String name, int fallback, int min, int max) {
        String text = request.query().first(name).orElse(Integer.toString(fallback));
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a number that is out of range.
        }
        throw Problem.invalidField(
                name, name + " must be a whole number from " + min + " to " + max + ", but was " + Quoted.of(text));
    }

    /** A time in the query, in the form of RFC 3339. */
    public static Optional<Instant> queryTime(ServerRequest request, String name) {
        return request.query().first(name).asOptional().map(text -> {
            try {
                Instant time = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
                if (!time.isBefore(Instant.EPOCH) && time.isBefore(END_OF_TIMES)) {
                    return time;
                }
            } catch (DateTimeException e) {
                // Reported below, like a time that is out of range.
            }
            throw Problem.invalidField(
                    name,
                    name + " must be a time such as 2026-01-31T12:00:00Z, from 1970 to 9998, but was "
                            + Quoted.of(text));
        });
    }

    /** A word in the query, as the value that {@code choices} has for it. */
    public static <T> T queryChoice(ServerRequest request, String name, Map<String, T> choices, String fallback) {
        String text = request.query().first(name).orElse(fallback);
        T choice = choices.get(text);
        if (choice == null) {
            throw Problem.invalidField(
                    name,
                    name + " must be one of " + String.join(", ", new TreeSet<>(choices.keySet())) + ", but was "
                            + Quoted.of(text));
        }
        return choice;
    }

    /** The query's {@code cursor}, the start of a page; empty for the first page. */
    public static <T> Optional<T> queryCursor(ServerRequest request, Function<String, Optional<T>> parser) {
        return request.query()
                .first("cursor")
                .asOptional()
                .map(text -> parser.apply(text)
                        .orElseThrow(() -> Problem.invalidField(
                                "cursor",
                                "cursor must be the next_cursor of an earlier response, but was " + Quoted.of(text))));
    }
}
