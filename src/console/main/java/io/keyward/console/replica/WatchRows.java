package io.keyward.console.replica;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/// The status of watched keys: the newest record of each key of a tenant.
final class WatchRows {
    private WatchRows() {}

    static byte[] of(TenantId tenant, KeyId key) {
        return KeyWriter.in(Table.WATCH, tenant).key(key).bytes();
    }

    /// The row of a record whose key is `tenantId/vaultUri/keyName`; empty for another key. Tenant ids and key
    /// names contain no slash.
    static Optional<byte[]> of(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        int tenant = key.indexOf('/');
        int name = key.lastIndexOf('/');
        return tenant <= 0 || name <= tenant
                ? Optional.empty()
                : Optional.of(KeyWriter.in(Table.WATCH)
                        .text(key.substring(0, tenant))
                        .text(key.substring(tenant + 1, name))
                        .text(key.substring(name + 1))
                        .bytes());
    }

    /// @param record not a tombstone
    static byte[] value(ConsumerRecord<byte[], byte[]> record) {
        return new KeyWriter()
                .sized(TimelineRows.key(Bytes.wrap(Scan.OPEN), record).get())
                .sized(TimelineRows.value(record))
                .bytes();
    }

    static ConsumerRecord<byte[], byte[]> read(byte[] value) {
        KeyReader parts = new KeyReader(value);
        return TimelineRows.read(new KeyReader(parts.sized()), parts.sized());
    }
}
