package io.keyward.bench.dsl;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.KeyFacts;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/// The stored row of a key: its facts, all environments that a policy with this key was ever applied to, and
/// those of them that must receive the last event.
///
/// @param event the last event, as received
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record KeyRow(KeyFacts facts, List<String> users, List<String> recipients, byte[] event) {

    static final KeyRow NONE = new KeyRow(KeyFacts.NONE, List.of(), List.of(), new byte[0]);

    KeyRow with(Event stated, byte[] received) {
        return switch (stated) {
            case Event.PolicyApplied e -> usedBy(e.environmentId().value(), received);
            case Event.OfKey e -> {
                KeyFacts after = facts.with(e);
                yield new KeyRow(after, users, after.equals(facts) ? List.of() : users, received);
            }
            case Event.PolicyRemoved _,
                    Event.EnvironmentChanged _,
                    Event.EnforcementReported _,
                    Event.TenantLimitChanged _,
                    Event.TenantErased _,
                    Event.TimeReached _ ->
                throw new IllegalArgumentException("A key is not concerned by a " + stated.type());
        };
    }

    private KeyRow usedBy(String environment, byte[] received) {
        List<String> all = users;
        if (!users.contains(environment)) {
            all = new ArrayList<>(users);
            all.add(environment);
        }
        return new KeyRow(facts, all, List.of(environment), received);
    }

    static Serde<KeyRow> serde() {
        return BinarySerdes.serde(KeyRow::write, KeyRow::read);
    }

    private static void write(DataOutputStream out, KeyRow row) throws IOException {
        BinarySerdes.write(out, StateCodec.KEYS.write(row.facts));
        write(out, row.users);
        write(out, row.recipients);
        BinarySerdes.write(out, row.event);
    }

    private static KeyRow read(DataInputStream in) throws IOException {
        return new KeyRow(StateCodec.KEYS.read(BinarySerdes.read(in)), texts(in), texts(in), BinarySerdes.read(in));
    }

    private static void write(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }
}
