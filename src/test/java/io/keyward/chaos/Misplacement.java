package io.keyward.chaos;

import java.util.Random;

/// Puts some records where a producer with another partitioner would: without a key, on any partition.
final class Misplacement {
    private static final int ONE_IN = 10;

    private final Random random;
    private final int partitions;

    Misplacement(Random random, int partitions) {
        this.random = random;
        this.partitions = partitions;
    }

    Input of(Input input) {
        return random.nextInt(ONE_IN) == 0 ? input.misplaced(random.nextInt(partitions)) : input;
    }
}
