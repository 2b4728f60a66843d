package io.keyward.topology.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The number of rows of a store, and the sum of their hashes. Two stores with different rows have the
/// same digest with a probability of 2⁻⁶⁴. The order of writes does not matter, so the digest can be
/// updated with each write.
///
/// @param rows the number of rows
/// @param sum the sum of the hashes of all rows, modulo 2⁶⁴
public record RowDigest(long rows, long sum) {
    public static final RowDigest NONE = new RowDigest(0, 0);

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    // Odd constants with about as many ones as zeros. They must never change: stored digests depend on them.
    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xBF58476D1CE4E5B9L;

    /// The digest with one more row.
    public RowDigest with(byte[] key, byte[] value) {
        return new RowDigest(rows + 1, sum + hash(key, value));
    }

    /// The digest of the rows of both.
    public RowDigest plus(RowDigest other) {
        return new RowDigest(rows + other.rows, sum + other.sum);
    }

    /// The digest without one of the rows.
    RowDigest without(byte[] key, byte[] value) {
        return new RowDigest(rows - 1, sum - hash(key, value));
    }

    private static long hash(byte[] key, byte[] value) {
        return hash(value, hash(key, 0));
    }

    /// Two independent chains, each of which folds sixteen bytes at a time, take a third of the
    /// time of one chain.
    private static long hash(byte[] bytes, long seed) {
        long one = seed + (bytes.length + 1) * FIRST;
        long other = one ^ SECOND;
        int at = 0;
        for (; at + 4 * Long.BYTES <= bytes.length; at += 4 * Long.BYTES) {
            one = folded(one ^ word(bytes, at), FIRST ^ word(bytes, at + Long.BYTES));
            other = folded(other ^ word(bytes, at + 2 * Long.BYTES), SECOND ^ word(bytes, at + 3 * Long.BYTES));
        }
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            one = folded(one ^ word(bytes, at), FIRST);
        }
        long rest = 0;
        for (; at < bytes.length; at++) {
            rest = (rest << Byte.SIZE) | (bytes[at] & 0xff);
        }
        return folded(one ^ rest, SECOND ^ other);
    }

    private static long word(byte[] bytes, int at) {
        return (long) EIGHT_BYTES.get(bytes, at);
    }

    /// Combines the halves of the 128-bit product with one of the factors, so that a factor of zero does not
    /// erase the other.
    private static long folded(long one, long other) {
        return Math.multiplyHigh(one, other) ^ (one * other) ^ Long.rotateLeft(one, 32);
    }
}
