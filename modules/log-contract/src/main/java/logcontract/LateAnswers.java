package logcontract;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import push.engine.spi.Appended;

/** Answers appends at once, or only when a test asks for the answers. For one thread at a time. */
final class LateAnswers {

    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean holds;

    /** Returns a stage that ends with the outcome: at once, unless the answers are being held. */
    CompletionStage<Appended> answer(Appended outcome) {
        if (!holds) {
            return CompletableFuture.completedFuture(outcome);
        }
        CompletableFuture<Appended> stage = new CompletableFuture<>();
        held.add(() -> stage.complete(outcome));
        return stage;
    }

    /** Holds all answers from now on. */
    void hold() {
        holds = true;
    }

    /** Gives the answers that are held, in the order of the appends, and holds none from now on. */
    void giveAll() {
        holds = false;
        held.forEach(Runnable::run);
        held.clear();
    }
}
