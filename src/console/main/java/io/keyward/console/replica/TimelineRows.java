package io.keyward.console.replica;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;

/// The output records as they were read: by tenant, environment (empty for what is about the tenant itself) and
/// timestamp.
final class TimelineRows {
    /// Room for what stands beside the value, mostly headers.
    private static final int HEADERS = 512;

    private static final int ABSENT = -1;

    private TimelineRows() {}

    static byte[] of(TenantId tenant, Optional<EnvironmentId> environment) {
        return start(tenant.value(), environment.map(EnvironmentId::value).orElse(""))
                .bytes();
    }

    /// What the rows begin with that are about the same as the output: its record key (docs/contract.md) is
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

    static byte[] value(ConsumerRecord<byte[], byte[]> output) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(output.value().length + HEADERS);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(output.topic());
            out.writeInt(output.partition());
            out.writeLong(output.offset());
            out.writeLong(output.timestamp());
            out.writeUTF(output.timestampType().name());
            write(out, output.key());
            write(out, output.value());
            for (Header header : output.headers()) {
                out.writeUTF(header.key());
                write(out, header.value());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static ConsumerRecord<byte[], byte[]> read(byte[] value) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            String topic = in.readUTF();
            int partition = in.readInt();
            long offset = in.readLong();
            long timestamp = in.readLong();
            TimestampType type = TimestampType.valueOf(in.readUTF());
            byte[] key = readBytes(in);
            byte[] output = readBytes(in);
            RecordHeaders headers = new RecordHeaders();
            while (in.available() > 0) {
                headers.add(in.readUTF(), readBytes(in));
            }
            return new ConsumerRecord<>(
                    topic,
                    partition,
                    offset,
                    timestamp,
                    type,
                    key == null ? ABSENT : key.length,
                    output == null ? ABSENT : output.length,
                    key,
                    output,
                    headers,
                    Optional.empty());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes == null ? ABSENT : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == ABSENT ? null : in.readNBytes(length);
    }
}
