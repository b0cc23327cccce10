package access;

import java.util.regex.Pattern;

/** The decision about a call. Immutable. */
public sealed interface Decision {

    /** The largest number of characters of a text: a client's HTTP/2 library may refuse 8 KiB of response headers. */
    int MAX_LENGTH = 1_000;

    /**
     * The call is let in.
     *
     * @param identity the name of the caller, for people; not blank, at most {@link #MAX_LENGTH} characters
     */
    record Allowed(String identity) implements Decision {

        /** The decision about callers whose identity is not asked for. */
        public static final Allowed ANONYMOUS = new Allowed("anonymous");

        /** @throws IllegalArgumentException if the identity is blank or too long */
        public Allowed {
            requireText("identity", identity);
        }
    }

    /** The call is refused, before its body or message is read. */
    sealed interface Refused extends Decision {

        /** A sentence that tells the caller why the call is refused. It reveals nothing internal, and no secret. */
        String detail();
    }

    /**
     * It is not known who the caller is: the call has no credentials, or invalid or expired ones. Becomes HTTP status
     * 401 or gRPC status {@code UNAUTHENTICATED}. The same call with other credentials may be let in.
     *
     * @param detail a sentence for the caller; not blank, at most {@link #MAX_LENGTH} characters
     * @param challenge the value of {@code WWW-Authenticate}, which HTTP requires here (RFC 9110, section 11.6.1):
     *     printable ASCII, not blank, at most {@link #MAX_LENGTH} characters. A gRPC call does not get it
     */
    record Unauthenticated(String detail, String challenge) implements Refused {

        private static final Pattern FIELD_VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");

        /**
         * @throws IllegalArgumentException if the detail is blank or too long, or if the challenge cannot be a header's
         *     value
         */
        public Unauthenticated {
            requireText("detail", detail);
            requireLength("challenge", challenge);
            if (!FIELD_VALUE.matcher(challenge).matches()) {
                throw new IllegalArgumentException(
                        "challenge must be printable ASCII without blanks around it, but was \"" + challenge + "\"");
            }
        }

        /** A refusal that asks for a bearer token (RFC 6750). */
        public Unauthenticated(String detail) {
            this(detail, "Bearer");
        }
    }

    /**
     * The caller is known, and may not make this call. Becomes HTTP status 403 or gRPC status
     * {@code PERMISSION_DENIED}. The same call fails again until the policy changes.
     *
     * @param detail a sentence for the caller; not blank, at most {@link #MAX_LENGTH} characters
     */
    record Denied(String detail) implements Refused {

        /** @throws IllegalArgumentException if the detail is blank or too long */
        public Denied {
            requireText("detail", detail);
        }
    }

    private static void requireText(String component, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(component + " must not be blank");
        }
        requireLength(component, text);
    }

    private static void requireLength(String component, String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    component + " must have at most " + MAX_LENGTH + " characters, but had " + text.length());
        }
    }
}
