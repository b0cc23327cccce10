package push.gateway;

import java.util.random.RandomGenerator;

/** A random number generator that always returns the lowest or the highest number. */
enum FixedRandom implements RandomGenerator {
    LOWEST,
    HIGHEST;

    @Override
    public long nextLong() {
        return 0;
    }

    @Override
    public long nextLong(long bound) {
        return this == LOWEST ? 0 : bound - 1;
    }
}
