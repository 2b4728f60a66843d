package io.keyward.topology.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;

/// What a task said last of its progress (R33): a row of the store `tenants`.
///
/// @param decidedUpTo [Instant#EPOCH] if that is not known
/// @param positions as the header `keyward.position` of the outputs tells them
public record ProgressRow(Instant decidedUpTo, String positions) {
    /// Where it stands.
    public static final Bytes KEY = RowKeys.ofKind(RowKeys.PROGRESS);

    /// Reads what [#bytes] gives.
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
