package io.keyward.console.replica;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;

/// The output records as they were read, by tenant, environment (empty if about the tenant itself), timestamp and
/// coordinates. The value of a row holds what its key does not.
final class TimelineRows {
    private TimelineRows() {}

    static byte[] of(TenantId tenant, Optional<EnvironmentId> environment) {
        return start(tenant.value(), environment.map(EnvironmentId::value).orElse(""))
                .bytes();
    }

    /// The prefix of the rows about the same subject as the output. Its record key (docs/contract.md) is
    /// `tenantId/environmentId` and more, or `tenantId//…` about the tenant itself. Empty for another key.
    static Optional<Bytes> like(ConsumerRecord<byte[], byte[]> output) {
        String[] parts =
                output.key() == null ? new String[0] : new String(output.key(), StandardCharsets.UTF_8).split("/", 3);
        return parts.length < 2 || parts[0].isEmpty()
                ? Optional.empty()
                : Optional.of(start(parts[0], parts[1]).key());
    }

    private static KeyWriter start(String tenant, String environment) {
        return KeyWriter.in(Table.TIMELINE).text(tenant).text(environment);
    }

    /// @param prefix see [#like]
    static Bytes key(Bytes prefix, ConsumerRecord<byte[], byte[]> output) {
        return new KeyWriter()
                .raw(prefix.get())
                .time(Instant.ofEpochMilli(output.timestamp()))
                .text(output.topic())
                .number(output.partition())
                .number(output.offset())
                .key();
    }

    /// @param output not a tombstone
    static byte[] value(ConsumerRecord<byte[], byte[]> output) {
        KeyWriter value = new KeyWriter().sized(output.key()).sized(output.value());
        for (Header header : output.headers()) {
            value.sized(header.key().getBytes(StandardCharsets.UTF_8)).sized(header.value());
        }
        return value.bytes();
    }

    /// @param rowKey reads the key of the row after its prefix
    static ConsumerRecord<byte[], byte[]> read(KeyReader rowKey, byte[] value) {
        Instant time = rowKey.time();
        KeyReader parts = new KeyReader(value);
        byte[] key = parts.sized();
        byte[] output = parts.sized();
        RecordHeaders headers = new RecordHeaders();
        while (parts.hasMore()) {
            headers.add(new String(parts.sized(), StandardCharsets.UTF_8), parts.sized());
        }
        return new ConsumerRecord<>(
                rowKey.text(),
                rowKey.number(),
                rowKey.longNumber(),
                time.toEpochMilli(),
                TimestampType.NO_TIMESTAMP_TYPE,
                key.length,
                output.length,
                key,
                output,
                headers,
                Optional.empty());
    }
}
