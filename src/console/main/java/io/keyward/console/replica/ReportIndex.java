package io.keyward.console.replica;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.ReportRow;
import io.keyward.topology.store.RowKeys;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;

/// The index rows of reports: for each key that a part's latest report counts items under, one that names the part. So
/// each follows from the row of that part alone.
final class ReportIndex {

    private ReportIndex() {}

    /// Reads the value also where no index row follows, so that a form that this release does not know never goes
    /// unnoticed.
    static Map<Bytes, Bytes> rows(Bytes row, byte[] value) {
        return switch (RowKeys.report(row)) {
            case ReportRow.OfNames _ -> {
                StateCodec.COMPONENTS.read(value);
                yield Map.of();
            }
            case ReportRow.OfKnownParts _ -> {
                StateCodec.KNOWN_PARTS.read(value);
                yield Map.of();
            }
            case ReportRow.OfPart(Component component, PartName part) -> {
                TenantId tenant = RowKeys.tenant(Nodes.ENFORCEMENT, row).orElseThrow();
                EnvironmentId environment = RowKeys.environmentOfReport(row);
                yield StateCodec.PARTS.read(value).latest().report().items().stream()
                        .map(EnforcementReport.Items::key)
                        .flatMap(key -> key.map(KeyReference::key).stream())
                        .map(key -> users(key)
                                .environment(tenant, environment)
                                .text(component.name())
                                .text(part.value())
                                .key())
                        .distinct()
                        .collect(Collectors.toMap(Function.identity(), _ -> IndexRows.NOTHING));
            }
        };
    }

    /// The parts whose latest reports count items under the key, in the order of tenant and environment.
    static KeyWriter users(KeyId key) {
        return KeyWriter.in(Table.REPORTED).key(key);
    }
}
