package io.keyward.topology.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;

/// The progress that a task published last (R33): a row of the store `tenants`.
///
/// @param decidedUpTo [Instant#EPOCH] if unknown
/// @param positions in the form of the header `keyward.position` of the outputs
public record ProgressRow(Instant decidedUpTo, String positions) {
    /// The key of the row.
    public static final Bytes KEY = RowKeys.ofKind(RowKeys.PROGRESS);

    /// The inverse of [#bytes].
    public static ProgressRow read(byte[] row) {
        String positions = new String(row, Long.BYTES, row.length - Long.BYTES, StandardCharsets.US_ASCII);
        return new ProgressRow(Instant.ofEpochMilli(ByteBuffer.wrap(row).getLong()), positions);
    }

    public byte[] bytes() {
        byte[] text = positions.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(Long.BYTES + text.length)
                .putLong(decidedUpTo.toEpochMilli())
                .put(text)
                .array();
    }
}
