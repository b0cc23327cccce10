package notification;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/**
 * A regular expression of a schema that can't run for ever: a backtracking matcher takes time that grows exponentially
 * with the text for some expressions, and the text is the caller's. All matches of one validation share a number of
 * characters that they may look at.
 */
final class BoundedPattern implements RegularExpression {

    /** Some 100 ms of CPU: a MiB is looked at twenty times. */
    private static final long MAX_LOOKS = 20_000_000;

    private static final ScopedValue<Looks> LOOKS = ScopedValue.newInstance();

    private final Pattern pattern;

    /** @param expression of the dialect that JSON Schema has, as far as Java knows it */
    BoundedPattern(String expression) {
        this.pattern = Pattern.compile(RegularExpressions.replaceLongformCharacterProperties(
                RegularExpressions.replaceDollarAnchors(expression)));
    }

    /** Thrown within a match when its validation has looked at too many characters. */
    private static final class TooSlow extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooSlow() {
            super(null, null, false, false);
        }
    }

    /** How many characters one validation may still look at. For one thread. */
    static final class Looks {

        private long left = MAX_LOOKS;
        private boolean failed;

        private void take() {
            if (--left < 0) {
                throw new TooSlow();
            }
        }

        /** Whether a match ended without a result; the result of the validation is then none either. */
        boolean hasFailed() {
            return failed;
        }
    }

    /** Runs one validation, which may look at so many characters. */
    static void within(Looks looks, Runnable validation) {
        ScopedValue.where(LOOKS, looks).run(validation);
    }

    /** Does not throw: the validator would log that, with a stack trace. */
    @Override
    public boolean matches(String text) {
        Looks looks = LOOKS.isBound() ? LOOKS.get() : new Looks();
        try {
            return !looks.failed && pattern.matcher(new Watched(text, looks)).find();
        } catch (TooSlow | StackOverflowError e) {
            looks.failed = true;
            return false;
        }
    }

    private record Watched(CharSequence text, Looks looks) implements CharSequence {

        @Override
        public char charAt(int index) {
            looks.take();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(text.subSequence(start, end), looks);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
