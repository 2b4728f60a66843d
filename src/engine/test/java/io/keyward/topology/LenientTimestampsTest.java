package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LenientTimestampsTest {
    @ParameterizedTest
    @CsvSource({"5, 9, 5", "0, 9, 0", "-1, 9, 9", "-1, -1, 0"})
    void aRecordWithoutATimestampGetsThePartitionsTimeAndNoneIsNegative(long timestamp, long partition, long taken) {
        ConsumerRecord<Object, Object> read = new ConsumerRecord<>(
                "in",
                0,
                0L,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                null,
                new RecordHeaders(),
                Optional.empty());
        assertThat(new LenientTimestamps().extract(read, partition)).isEqualTo(taken);
    }
}
