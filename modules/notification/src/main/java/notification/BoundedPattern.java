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
    private static final long MAX_READS = 20_000_000;

    private static final ScopedValue<ReadBudget> BUDGET = ScopedValue.newInstance();

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
    static final class ReadBudget {

        private long left = MAX_READS;
        private boolean failed;

        private void spend() {
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
    static void within(ReadBudget budget, Runnable validation) {
        ScopedValue.where(BUDGET, budget).run(validation);
    }

    /** Does not throw: the validator would log an exception, with a stack trace. */
    @Override
    public boolean matches(String text) {
        ReadBudget budget = BUDGET.isBound() ? BUDGET.get() : new ReadBudget();
        try {
            return !budget.failed
                    && pattern.matcher(new MeteredText(text, budget)).find();
        } catch (TooSlow | StackOverflowError e) {
            budget.failed = true;
            return false;
        }
    }

    private record MeteredText(CharSequence text, ReadBudget budget) implements CharSequence {

        @Override
        public char charAt(int index) {
            budget.spend();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new MeteredText(text.subSequence(start, end), budget);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
