package notification;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Stops a validation as soon as it has found enough errors. Otherwise the validator creates all errors before the first
 * one can be read, for example a million for a MiB of wrong elements. For one validation and one thread.
 */
final class FirstErrors extends ExecutionContext {

    /** The maximum number of errors in the list of a branch, such as one of {@code anyOf}. */
    private static final int MAX_IN_A_BRANCH = 1_000;

    private final List<Error> first = new Bounded();

    FirstErrors(ExecutionConfig config) {
        super(config);
        super.setErrors(first);
    }

    /** The errors that were found, however the validation ended. */
    List<Error> first() {
        return List.copyOf(first);
    }

    /** Thrown when there are enough errors. Not an exception, because some validators catch and log exceptions. */
    static final class LimitReached extends java.lang.Error {

        private static final long serialVersionUID = 1;

        LimitReached() {
            super(null, null, false, false);
        }
    }

    /** Drops errors of nested branches after the first few. A branch needs only one error to fail. */
    @Override
    public void addError(Error error) {
        // The list of the first errors never has as many: its last error stops the validation.
        if (getErrors().size() < PayloadSchema.MAX_ERRORS) {
            super.addError(error);
        }
    }

    /** Called at the beginning and at the end of each branch. */
    @Override
    public void setErrors(List<Error> errors) {
        if (errors.size() > MAX_IN_A_BRANCH) {
            errors.subList(MAX_IN_A_BRANCH, errors.size()).clear();
        }
        super.setErrors(errors);
    }

    /** Stops the validation when the list is full. */
    private static final class Bounded extends ArrayList<Error> {

        private static final long serialVersionUID = 1;

        @Override
        public boolean add(Error error) {
            super.add(error);
            if (size() >= PayloadSchema.MAX_ERRORS) {
                throw new LimitReached();
            }
            return true;
        }

        @Override
        public boolean addAll(Collection<? extends Error> errors) {
            errors.forEach(this::add);
            return !errors.isEmpty();
        }
    }
}
