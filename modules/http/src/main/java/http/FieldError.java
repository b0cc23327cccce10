package http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is wrong with one part of a request.
 *
 * @param field a JSON pointer (RFC 6901) into the body, or the name of a parameter or header
 * @param detail what is wrong with it, for the caller; nothing internal
 */
public record FieldError(String field, String detail) {

    /** A name as one step of a JSON pointer. */
    static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** Its JSON form: Jackson may not look into this module's records. */
    Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("field", field);
        members.put("detail", detail);
        return members;
    }
}
