package io.keyward.console.replica;

import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/// The index rows of environments. An environment has some only while a decision about it stands: not before the first
/// one, and not after a purge.
final class EnvironmentIndex {
    private EnvironmentIndex() {}

    static Map<Bytes, Bytes> rows(EnvironmentRow environment) {
        return environment
                .state()
                .published()
                .decision()
                .map(decision -> rows(environment, decision))
                .orElse(Map.of());
    }

    private static Map<Bytes, Bytes> rows(EnvironmentRow row, Decision decision) {
        Map<Bytes, Bytes> rows = new HashMap<>();
        Bytes summary = KeyUser.bytes(row.state());
        List<KeyWriter> indexes = new ArrayList<>();
        indexes.add(KeyWriter.in(Table.DECIDED));
        indexes.add(with(Table.STATE, decision.encryptionState()));
        indexes.add(with(Table.STATUS, decision.policyStatus()));
        row.state()
                .facts()
                .keys()
                .forEach(key -> rows.put(
                        users(key).environment(row.tenant(), row.environment()).key(), summary));
        row.state()
                .published()
                .warnings()
                .forEach((code, standing) -> standing.ifPresent(open -> {
                    indexes.add(with(Table.WARNING, code));
                    if (open.severity() != code.severity()) {
                        indexes.add(KeyWriter.in(Table.SEVERITY).text(Tally.name(code, open.severity())));
                    }
                    if (EnvironmentRow.OF_COMPONENTS.contains(code)) {
                        open.subjects()
                                .forEach(component -> rows.put(
                                        with(Table.COMPONENT, code)
                                                .environment(row.tenant(), row.environment())
                                                .text(component)
                                                .key(),
                                        IndexRows.NOTHING));
                    }
                }));
        indexes.forEach(index ->
                rows.put(index.environment(row.tenant(), row.environment()).key(), IndexRows.NOTHING));
        decision.key()
                .ifPresent(key -> rows.put(
                        inForce(row.tenant(), key)
                                .text(row.environment().value())
                                .key(),
                        IndexRows.NOTHING));
        rows.put(EnvironmentNames.row(row, decision).key(), IndexRows.NOTHING);
        if (decision.encryptionState() == EncryptionState.LOCKED) {
            decision.key()
                    .ifPresent(key -> rows.put(
                            LockedPages.row(row, key.key(), decision.expectedDeletionAt()), IndexRows.NOTHING));
        }
        row.dueDates().forEach(date -> new DueRows(date).addTo(rows));
        return rows;
    }

    static KeyWriter with(Table table, Enum<?> value) {
        return KeyWriter.in(table).text(value.name());
    }

    static KeyWriter users(KeyId key) {
        return KeyWriter.in(Table.KEY).key(key);
    }

    /// The environments of a tenant whose data is under the key, with that version in force or without a known one.
    static KeyWriter inForce(TenantId tenant, KeyReference key) {
        return KeyWriter.in(Table.IN_FORCE).text(tenant.value()).key(key.key()).version(key.version());
    }
}
