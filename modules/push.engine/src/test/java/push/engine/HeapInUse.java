package push.engine;

import java.lang.ref.Reference;
import java.util.function.Supplier;

/** Looks at the heap itself, to hold estimates against it. */
final class HeapInUse {

    private static final int MAX_LOOKS = 20;

    private HeapInUse() {}

    /** How many bytes of the heap are in use for what is made, and kept alive until then. */
    static long by(Supplier<Object> made) {
        long before = now();
        Object kept = made.get();
        try {
            return now() - before;
        } finally {
            Reference.reachabilityFence(kept); // a compiler may drop it as soon as it is not used any more
        }
    }

    /** Without what only waits to be collected: the least of several looks, until there is no less. */
    private static long now() {
        long least = Long.MAX_VALUE;
        for (int look = 0; look < MAX_LOOKS; look++) {
            System.gc();
            long used =
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            if (used >= least) {
                return least;
            }
            least = used;
        }
        return least;
    }
}
