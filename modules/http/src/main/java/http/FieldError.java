package http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error in one part of a request.
 *
 * @param field a JSON pointer (RFC 6901) into the body, or the name of a parameter or header
 * @param detail what is wrong with the field; a message for the caller that reveals nothing internal
 */
public record FieldError(String field, String detail) {

    /** Returns the name as one step of a JSON pointer. */
    static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** The JSON form of the error. Jackson cannot read this module's records. */
    Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("field", field);
        members.put("detail", detail);
        return members;
    }
}
