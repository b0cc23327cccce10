package notification;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/**
 * A regular expression of a schema, with a limit on its run time. For some expressions, the time of a backtracking
 * matcher grows exponentially with the text, and the caller controls the text. All matches of one validation share a
 * limit on the number of characters that they read.
 */
final class BoundedPattern implements RegularExpression {

    /** About 100 ms of CPU time: enough to read a MiB twenty times. */
    private static final long MAX_LOOKS = 20_000_000;

    private static final ScopedValue<Looks> LOOKS = ScopedValue.newInstance();

    private final Pattern pattern;

    /** @param expression a regular expression in the dialect of JSON Schema, as far as Java supports it */
    BoundedPattern(String expression) {
        this.pattern = Pattern.compile(RegularExpressions.replaceLongformCharacterProperties(
                RegularExpressions.replaceDollarAnchors(expression)));
    }

    /** Thrown within a match when its validation has read too many characters. */
    private static final class TooSlow extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooSlow() {
            super(null, null, false, false);
        }
    }

    /** The number of characters that one validation may still read. For one thread. */
    static final class Looks {

        private long left = MAX_LOOKS;
        private boolean failed;

        private void take() {
            if (--left < 0) {
                throw new TooSlow();
            }
        }

        /** Whether a match ended without a result. Then the validation has no result either. */
        boolean hasFailed() {
            return failed;
        }
    }

    /** Runs one validation with the given limit. */
    static void within(Looks looks, Runnable validation) {
        ScopedValue.where(LOOKS, looks).run(validation);
    }

    /** Does not throw: the validator would log an exception, with a stack trace. */
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
