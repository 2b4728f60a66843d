package io.keyward.bench.dsl;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;

/// The stored row of an environment: its state, the facts of its keys that have arrived, and the records to
/// publish because of the last event. An aggregation can only emit records as part of its row.
record EnvironmentRow(EnvironmentState state, Map<KeyId, KeyFacts> keys, List<Output> outputs) {

    static final EnvironmentRow NONE = new EnvironmentRow(EnvironmentState.NONE, Map.of(), List.of());

    /// A record to publish. The value of a tombstone is null.
    @SuppressWarnings("ArrayRecordComponent") // forwarded, never compared
    record Output(String topic, String key, byte[] value) {}

    /// The same state with nothing to publish.
    EnvironmentRow silent() {
        return new EnvironmentRow(state, keys, List.of());
    }

    EnvironmentRow withKey(KeyId key, KeyFacts facts) {
        Map<KeyId, KeyFacts> more = new HashMap<>(keys);
        more.put(key, facts);
        return new EnvironmentRow(state, more, List.of());
    }

    static Serde<EnvironmentRow> serde() {
        return BinarySerdes.serde(EnvironmentRow::write, EnvironmentRow::read);
    }

    private static void write(DataOutputStream out, EnvironmentRow row) throws IOException {
        BinarySerdes.write(out, StateCodec.ENVIRONMENTS.write(row.state));
        out.writeInt(row.keys.size());
        for (Map.Entry<KeyId, KeyFacts> key : row.keys.entrySet()) {
            out.writeUTF(key.getKey().vaultUri());
            out.writeUTF(key.getKey().keyName());
            BinarySerdes.write(out, StateCodec.KEYS.write(key.getValue()));
        }
        out.writeInt(row.outputs.size());
        for (Output output : row.outputs) {
            out.writeUTF(output.topic());
            out.writeUTF(output.key());
            BinarySerdes.write(out, output.value());
        }
    }

    private static EnvironmentRow read(DataInputStream in) throws IOException {
        EnvironmentState state = StateCodec.ENVIRONMENTS.read(BinarySerdes.read(in));
        Map<KeyId, KeyFacts> keys = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            keys.put(new KeyId(in.readUTF(), in.readUTF()), StateCodec.KEYS.read(BinarySerdes.read(in)));
        }
        List<Output> outputs = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            outputs.add(new Output(in.readUTF(), in.readUTF(), BinarySerdes.read(in)));
        }
        return new EnvironmentRow(state, keys, outputs);
    }
}
