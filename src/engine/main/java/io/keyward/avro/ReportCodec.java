package io.keyward.avro;

import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.event.EnforcementPhase;
import io.keyward.event.EnforcementReported;
import io.keyward.event.FailedItem;
import io.keyward.event.ReportedItems;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/// Translates enforcement reports.
final class ReportCodec {
    private ReportCodec() {}

    static Component component(EnforcementReported event) {
        if (event.getComponent() == io.keyward.event.Component.UNKNOWN) {
            throw new RefusedException(
                    RefusalCode.INVALID_FIELD,
                    "component is UNKNOWN; expected one of " + List.of(Component.values()) + ".");
        }
        return Component.valueOf(event.getComponent().name());
    }

    static EnforcementReport read(EnforcementReported event) {
        return new EnforcementReport(
                EnforcementReport.Phase.valueOf(event.getPhase().name()),
                EventCodec.list("items[", "].key.", event.getItems(), ReportCodec::items),
                event.getComplete(),
                event.getFailedCount(),
                event.getFailed().stream()
                        .map(f -> new EnforcementReport.FailedItem(f.getItemId(), f.getReason()))
                        .toList());
    }

    private static EnforcementReport.Items items(String path, ReportedItems stated) {
        Optional<KeyReference> key = Optional.ofNullable(stated.getKey())
                .map(k -> new KeyReference(
                        KeyId.parse(path, k.getVaultUri(), k.getKeyName()),
                        EventCodec.version(path + "keyVersion", k.getKeyVersion())));
        return new EnforcementReport.Items(key, stated.getCount());
    }

    /// The record without the fields that every event begins with.
    static SpecificRecord write(Event.EnforcementReported event) {
        EnforcementReport report = event.report();
        return EventWriter.of(
                new EnforcementReported(),
                event.environmentId().value(),
                io.keyward.event.Component.valueOf(event.component().name()),
                event.part().value(),
                EnforcementPhase.valueOf(report.phase().name()),
                report.items().stream()
                        .map(entry -> new ReportedItems(
                                entry.key().map(EventWriter::reference).orElse(null), entry.count()))
                        .toList(),
                report.complete(),
                report.failedCount(),
                report.failed().stream()
                        .map(f -> new FailedItem(f.itemId(), f.reason()))
                        .toList(),
                event.parts().stream().map(PartName::value).toList());
    }
}
