package io.keyward.bench.workload;

/// Pseudo-random numbers that are the same for the same inputs on every machine.
final class SeededNumbers {
    private SeededNumbers() {}

    /// Mixes the bits of a number: the finalizer of SplitMix64.
    static long mix(long number) {
        long mixed = number + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /// A number from 0 to `bound` - 1, derived from the two other numbers.
    static int of(long one, long other, int bound) {
        return (int) Long.remainderUnsigned(mix(mix(one) ^ other), bound);
    }
}
