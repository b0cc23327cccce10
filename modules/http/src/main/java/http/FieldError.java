package http;

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
}
