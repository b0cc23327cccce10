package testing;

import java.lang.ref.Reference;
import java.util.function.Supplier;

/**
 * Looks at the heap of this process, to hold estimates against it and to find what is never let go. For figures that can be
 * compared, each full collection must let go of all that is dead; see {@code test.jvm} in the parent's pom.xml.
 */
public final class HeapInUse {

    private static final int MAX_LOOKS = 20;

    private HeapInUse() {}

    /** How many bytes of the heap are in use for what is made, and kept alive until then. */
    public static long by(Supplier<Object> made) {
        long before = bytes();
        Object kept = made.get();
        try {
            return bytes() - before;
        } finally {
            Reference.reachabilityFence(kept); // a compiler may drop it as soon as it is not used any more
        }
    }

    /** How many bytes are in use, without what only waits to be collected: the least of several looks, until there is no less. */
    public static long bytes() {
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
