package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordSizeTest {
    static Stream<Arguments> records() {
        return Stream.of(
                row(null, null, 0),
                row(new byte[10], null, 0),
                row(null, new byte[1_000_000], 0),
                row(new byte[200], new byte[70_000], 1),
                row(new byte[0], new byte[0], 100));
    }

    /// Kafka's own count plus a little: a record that counts as too large is refused.
    @ParameterizedTest
    @MethodSource("records")
    void aRecordIsNeverLargerThanItIsTakenForAndLittleSmaller(byte[] key, byte[] value, int headers) {
        Record<byte[], byte[]> record = new Record<>(key, value, 7L, headers(headers));
        assertThat(RecordSize.of(record)).isBetween((long) written(record), written(record) + 60L + 10L * headers);
    }

    @Test
    void headersAreCountedOneByOneInTheBytesOfTheirNames() {
        RecordHeaders headers = headers(2);
        assertThat(RecordSize.of(headers)).isEqualTo(2L * (10 + "größe".length() + 2 + 30));
        assertThat(RecordSize.of(new RecordHeaders().add("n", null))).isEqualTo(11);
    }

    @Test
    void theLimitsLeaveRoomForWhatPassingOnAdds() {
        assertThat(RecordLimits.within(1_000_000, 2_000_000)).isEqualTo(new RecordLimits(967_232, 1_998_976));
        assertThat(RecordLimits.within(2_000_000, 1_000_000)).isEqualTo(new RecordLimits(967_232, 998_976));
    }

    private static int written(Record<byte[], byte[]> record) {
        MemoryRecordsBuilder builder =
                MemoryRecords.builder(ByteBuffer.allocate(1024), Compression.NONE, TimestampType.CREATE_TIME, 0L);
        builder.append(
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers().toArray());
        return builder.build().sizeInBytes();
    }

    private static RecordHeaders headers(int count) {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < count; i++) {
            headers.add("größe", new byte[30]);
        }
        return headers;
    }

    private static Arguments row(byte[] key, byte[] value, int headers) {
        return Arguments.of(key, value, headers);
    }
}
