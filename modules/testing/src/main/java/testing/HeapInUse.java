package testing;

import java.lang.ref.Reference;
import java.util.function.Supplier;

/**
 * Measures the heap of this process, to check size estimates and to find leaks. The figures are comparable only if each
 * full collection frees all unreachable objects; see {@code test.jvm} in the parent's pom.xml.
 */
public final class HeapInUse {

    private static final int MAX_LOOKS = 20;

    private HeapInUse() {}

    /** Returns how many bytes of the heap the supplied object uses. The object is kept alive during the measurement. */
    public static long by(Supplier<Object> made) {
        long before = bytes();
        Object kept = made.get();
        try {
            return bytes() - before;
        } finally {
            Reference.reachabilityFence(kept); // the JIT compiler may drop it after its last use
        }
    }

    /** Returns how many bytes of the heap are in use, without garbage: collects until the figure no longer falls. */
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
