package http;

import java.util.UUID;
import java.util.regex.Pattern;

/** UUIDs as callers write them: the full form, in either case. */
final class Uuids {

    static final int TEXT_LENGTH = 36;

    private static final UUID NIL = new UUID(0, 0);
    // UUID.fromString accepts much more, such as "1-1-1-1-1".
    private static final Pattern FORM = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Uuids() {}

    /**
     * @param place the place of the value, for programs: see {@link FieldError}
     * @param name the name of the value, for people
     */
    static UUID parse(String place, String name, String text) {
        if (!FORM.matcher(text).matches() || UUID.fromString(text).equals(NIL)) {
            throw Problem.invalidField(place, name + " must be a UUID other than nil, but was " + Quoted.of(text));
        }
        return UUID.fromString(text);
    }
}
