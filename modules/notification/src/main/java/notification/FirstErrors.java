package notification;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Ends a validation as soon as it has found enough errors: the validator by itself makes all of them, a MiB of wrong
 * elements a million, before the first can be read. For one validation and one thread.
 */
final class FirstErrors extends ExecutionContext {

    /** Of the lists that the branches of {@code anyOf} and its like have. */
    private static final int MAX_IN_A_BRANCH = 1_000;

    private final List<Error> first = new Bounded();

    FirstErrors(ExecutionConfig config) {
        super(config);
        super.setErrors(first);
    }

    /** Those that were found, however the validation ended. */
    List<Error> first() {
        return List.copyOf(first);
    }

    /** Thrown when there are enough of them. An exception would be caught by some validators, and logged. */
    static final class Enough extends java.lang.Error {

        private static final long serialVersionUID = 1;

        Enough() {
            super(null, null, false, false);
        }
    }

    /** A branch needs no more than one to fail; more than a few of nested branches are dropped. */
    @Override
    public void addError(Error error) {
        // The first errors themselves are never as many: the last one of them ends it.
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

    /** Ends the validation when it is full. */
    private static final class Bounded extends ArrayList<Error> {

        private static final long serialVersionUID = 1;

        @Override
        public boolean add(Error error) {
            super.add(error);
            if (size() >= PayloadSchema.MAX_ERRORS) {
                throw new Enough();
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
