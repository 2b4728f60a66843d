package io.keyward.chaos.load;

import java.util.Random;

/// Puts some records on any partition and without a key, as a producer with another partitioner does.
public final class Misplacement {
    private static final int ONE_IN = 10;

    private final Random random;
    private final int partitions;

    public Misplacement(Random random, int partitions) {
        this.random = random;
        this.partitions = partitions;
    }

    Input of(Input input) {
        return random.nextInt(ONE_IN) == 0 ? input.misplaced(random.nextInt(partitions)) : input;
    }
}
