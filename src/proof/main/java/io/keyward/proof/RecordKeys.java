package io.keyward.proof;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/// What the keys of records say about environments.
final class RecordKeys {
    private RecordKeys() {}

    /// The environment of a record with a tenant. Empty if it is about the tenant.
    ///
    /// @param store of a row; empty for a record of an output
    static Optional<EnvironmentId> environment(ConsumerRecord<byte[], byte[]> read, Optional<String> store) {
        return store.isPresent()
                ? RowKeys.environment(store.get(), Bytes.wrap(read.key()))
                : environment(new String(read.key(), StandardCharsets.UTF_8));
    }

    /// Fails unless every part of the key of a row with a tenant can be read.
    ///
    /// @throws RuntimeException if a part is missing or no identifier
    static void requireReadable(String store, Bytes key) {
        var _ = RowKeys.environment(store, key);
        if (store.equals(Nodes.KEYS)) {
            var _ = RowKeys.key(key);
        } else if (store.equals(Nodes.ENFORCEMENT)) {
            var _ = RowKeys.report(key);
        }
    }

    /// The environment that the key of an output names. Empty for a tenant's warning, and for what is not an id.
    static Optional<EnvironmentId> environment(String outputKey) {
        String[] parts = outputKey.split("/", 3);
        try {
            return parts.length > 1 && !parts[1].isEmpty()
                    ? Optional.of(new EnvironmentId(parts[1]))
                    : Optional.empty();
        } catch (RuntimeException invalid) {
            return Optional.empty();
        }
    }
}
