package io.keyward.console.replica;

import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/// The index rows of environments. An environment has some only while a decision about it stands: not before the first
/// one, and not after a purge.
final class EnvironmentIndex {
    private final EnvironmentRow row;
    private final Map<Bytes, Bytes> rows = new HashMap<>();

    private EnvironmentIndex(EnvironmentRow row) {
        this.row = row;
    }

    static Map<Bytes, Bytes> rows(EnvironmentRow row) {
        EnvironmentIndex index = new EnvironmentIndex(row);
        row.state().published().decision().ifPresent(index::add);
        return index.rows;
    }

    private void add(Decision decision) {
        add(environment(KeyWriter.in(Table.DECIDED)));
        add(environment(with(Table.STATE, decision.encryptionState())));
        add(environment(with(Table.STATUS, decision.policyStatus())));
        add(EnvironmentNames.row(row, decision));
        Bytes summary = KeyUser.bytes(row.state());
        row.state()
                .facts()
                .keys()
                .forEach(key -> rows.put(environment(users(key)).key(), summary));
        row.state().published().warnings().forEach((code, standing) -> standing.ifPresent(open -> add(code, open)));
        decision.key().ifPresent(key -> {
            add(inForce(row.tenant(), key).text(row.environment().value()));
            if (decision.encryptionState() == EncryptionState.LOCKED) {
                add(LockedPages.row(row, key.key(), decision.expectedDeletionAt()));
            }
        });
        row.dueDates().forEach(date -> new DueRows(date).addTo(rows));
    }

    private void add(WarningCode code, Incident open) {
        add(environment(with(Table.WARNING, code)));
        if (open.severity() != code.severity()) {
            add(environment(KeyWriter.in(Table.SEVERITY).text(Tally.name(code, open.severity()))));
        }
        if (EnvironmentRow.OF_COMPONENTS.contains(code)) {
            open.subjects()
                    .forEach(component ->
                            add(environment(with(Table.COMPONENT, code)).text(component)));
        }
    }

    private KeyWriter environment(KeyWriter index) {
        return index.environment(row.tenant(), row.environment());
    }

    private void add(KeyWriter indexRow) {
        rows.put(indexRow.key(), IndexRows.NOTHING);
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
