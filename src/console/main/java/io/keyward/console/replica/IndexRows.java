package io.keyward.console.replica;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.ReportRow;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;

/// The index rows of one row of a store. They depend on that row alone, so the difference between those of the
/// old and the new value keeps the indexes consistent. Values without index rows are decoded, too, so that an
/// unknown format is always detected.
final class IndexRows {
    /// By store, adds the index rows of a value.
    private static final Map<String, BiConsumer<IndexRows, byte[]>> STORES = Map.of(
            Nodes.ENVIRONMENTS, IndexRows::addEnvironment,
            Nodes.KEYS, IndexRows::addKey,
            Nodes.TENANTS, IndexRows::addTenantRow,
            Nodes.ENFORCEMENT, IndexRows::addReports);

    /// The value of most index rows.
    private static final Bytes NOTHING = Bytes.wrap(new byte[0]);

    private final int partition;
    private final Bytes row;
    private final Optional<TenantId> tenant;
    private final Map<Bytes, Bytes> rows = new HashMap<>();

    private IndexRows(String store, int partition, Bytes row) {
        this.partition = partition;
        this.row = row;
        this.tenant = RowKeys.tenant(store, row);
    }

    /// Whether rows of this store have index rows; if not, their old values need not be read.
    static boolean has(String store) {
        return STORES.containsKey(store);
    }

    /// The index rows of a row of a store that has any.
    ///
    /// @throws io.keyward.avro.state.UnreadableStateException if this release does not know the format
    ///     of the value
    /// @throws IllegalArgumentException if this release does not know such a row
    static Map<Bytes, Bytes> of(String store, int partition, Bytes row, byte[] value) {
        IndexRows index = new IndexRows(store, partition, row);
        STORES.get(store).accept(index, value);
        return index.rows;
    }

    private void add(KeyWriter indexRow) {
        rows.put(indexRow.key(), NOTHING);
    }

    private void add(Deadline date) {
        add(DeadlineRows.row(KeyWriter.in(Table.DUE), date));
        add(DeadlineRows.row(KeyWriter.in(Table.TENANT_DUE, date.tenantId()), date));
    }

    /// Adds the index rows of an environment with a decision. There are none before the first decision and
    /// after a purge.
    private void addEnvironment(byte[] value) {
        EnvironmentRow environment =
                new EnvironmentRow(tenant.orElseThrow(), RowKeys.environment(row), StateCodec.ENVIRONMENTS.read(value));
        environment.state().published().decision().ifPresent(decision -> add(environment, decision));
    }

    private void add(EnvironmentRow environment, Decision decision) {
        EnvironmentState state = environment.state();
        add(KeyWriter.in(Table.DECIDED).environment(environment));
        add(with(decision.encryptionState()).environment(environment));
        add(with(decision.policyStatus()).environment(environment));
        add(EnvironmentNames.row(environment, decision));
        Bytes summary = KeyUser.bytes(state);
        state.facts()
                .keys()
                .forEach(key -> rows.put(
                        KeyWriter.in(Table.KEY)
                                .key(key)
                                .environment(environment)
                                .key(),
                        summary));
        state.published()
                .warnings()
                .forEach((code, standing) -> standing.ifPresent(open -> add(environment, code, open)));
        decision.key().ifPresent(key -> {
            add(KeyWriter.in(Table.IN_FORCE, environment.tenant())
                    .key(key)
                    .text(environment.environment().value()));
            if (decision.encryptionState() == EncryptionState.LOCKED) {
                add(LockedPages.row(environment, key.key(), decision.expectedDeletionAt()));
            }
        });
        environment.deadlines().forEach(this::add);
    }

    private void add(EnvironmentRow environment, WarningCode code, Incident open) {
        rows.put(
                with(code).environment(environment).key(),
                Bytes.wrap(open.severity().name().getBytes(StandardCharsets.UTF_8)));
        if (EnvironmentRow.OF_COMPONENTS.contains(code)) {
            open.subjects()
                    .forEach(component -> add(KeyWriter.in(Table.COMPONENT)
                            .text(code.name())
                            .environment(environment)
                            .text(component)));
        }
    }

    private void addKey(byte[] value) {
        TenantId owner = tenant.orElseThrow();
        KeyId key = RowKeys.key(row);
        add(EnvironmentNames.row(owner, key));
        StateCodec.KEYS
                .read(value)
                .expiries()
                .forEach(expiry -> add(new Deadline(
                        expiry.expiresAt(),
                        Deadline.Kind.KEY_EXPIRY,
                        owner,
                        Optional.empty(),
                        Optional.of(new KeyReference(key, Optional.of(expiry.version()))))));
    }

    private void addTenantRow(byte[] value) {
        if (RowKeys.isOf(RowKeys.STATE, row)) {
            StateCodec.TENANTS.read(value);
        } else if (RowKeys.isOf(RowKeys.FAN_OUT, row)) {
            StateCodec.FAN_OUTS.read(value);
            add(tenant.map(owner -> KeyWriter.in(Table.FAN_OUT, owner))
                    .orElseGet(() -> fanOutsOf(partition))
                    .raw(row.get()));
        }
    }

    /// Adds one row per key that a part's latest report counts items under; the row names the part.
    private void addReports(byte[] value) {
        switch (RowKeys.report(row)) {
            case ReportRow.OfNames _ -> StateCodec.COMPONENTS.read(value);
            case ReportRow.OfKnownParts _ -> StateCodec.KNOWN_PARTS.read(value);
            case ReportRow.OfPart(Component component, PartName part) -> {
                EnvironmentId environment = RowKeys.environmentOfReport(row);
                StateCodec.PARTS.read(value).latest().report().items().stream()
                        .flatMap(items -> items.key().stream())
                        .forEach(key -> add(KeyWriter.in(Table.REPORTED)
                                .key(key.key())
                                .environment(tenant.orElseThrow(), environment)
                                .text(component.name())
                                .text(part.value())));
            }
        }
    }

    /// The prefix of the environments with that encryption state, policy status or open warning.
    ///
    /// @param value of one of these three types
    static KeyWriter with(Enum<?> value) {
        Table table = switch (value) {
            case EncryptionState _ -> Table.STATE;
            case PolicyStatus _ -> Table.STATUS;
            case WarningCode _ -> Table.WARNING;
            default -> throw new IllegalArgumentException("not counted: " + value);
        };
        return KeyWriter.in(table).text(value.name());
    }

    /// The unfinished fan-outs of a partition without a tenant.
    static KeyWriter fanOutsOf(int partition) {
        return KeyWriter.in(Table.FAN_OUT).text("").number(partition);
    }
}
