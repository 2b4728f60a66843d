package io.keyward.bench.subject;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.KeyFacts;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/// A changed row of state as a changelog record, in the format of the product's stores.
final class ChangedRow {
    private static final byte[] PRESENT = {};

    private ChangedRow() {}

    /// @param value the row's value; a boolean for a row that only exists or not
    static ProducerRecord<byte[], byte[]> of(String topic, int partition, String key, Object value) {
        return new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8), bytes(value));
    }

    private static byte[] bytes(Object value) {
        return switch (value) {
            case EnvironmentState state -> StateCodec.ENVIRONMENTS.write(state);
            case KeyFacts facts -> StateCodec.KEYS.write(facts);
            case TenantState state -> StateCodec.TENANTS.write(state);
            case Boolean present -> present ? PRESENT : null;
            default -> throw new IllegalArgumentException("No row holds a " + value.getClass());
        };
    }
}
