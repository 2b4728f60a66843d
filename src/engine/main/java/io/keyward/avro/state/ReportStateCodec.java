package io.keyward.avro.state;

import io.keyward.avro.Symbols;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PartName;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The binary form of enforcement reports: `state/PartReports.avsc`, `state/ComponentReports.avsc` and
/// `state/KnownParts.avsc`.
final class ReportStateCodec {

    private static final Symbols<EnforcementReport.Phase> PHASES = Symbols.stored(EnforcementReport.Phase.class);

    private ReportStateCodec() {}

    static void write(StateOutput out, PartReports reports) {
        stated(out, reports.latest());
        out.optional(reports.lastClean(), ReportStateCodec::stated);
    }

    static PartReports read(StateInput in) throws IOException {
        return new PartReports(stated(in), in.optional(ReportStateCodec::stated));
    }

    static void writeNames(StateOutput out, ComponentReports reports) {
        out.list(reports.names(), ReportStateCodec::name);
        out.flag(reports.more());
    }

    static ComponentReports readNames(StateInput in) throws IOException {
        return new ComponentReports(new TreeMap<>(), names(in), in.flag(), Optional.empty());
    }

    static void writeKnown(StateOutput out, ComponentReports.Known known) {
        out.stamp(known.stamp());
        out.flag(known.clean());
        out.list(known.names(), ReportStateCodec::name);
    }

    static ComponentReports.Known readKnown(StateInput in) throws IOException {
        return new ComponentReports.Known(in.stamp(), in.flag(), names(in));
    }

    private static void stated(StateOutput out, PartReports.Stated stated) {
        EnforcementReport report = stated.report();
        out.stamp(stated.stamp());
        out.symbol(PHASES, report.phase());
        out.list(report.items(), (to, items) -> {
            to.optional(items.key(), ReportStateCodec::key);
            to.number(items.count());
        });
        out.flag(report.complete());
        out.number(report.failedCount());
        out.list(report.failed(), (to, item) -> {
            to.text(item.itemId());
            to.text(item.reason());
        });
    }

    private static PartReports.Stated stated(StateInput in) throws IOException {
        return new PartReports.Stated(
                in.stamp(),
                new EnforcementReport(
                        in.symbol(PHASES),
                        in.list(from ->
                                new EnforcementReport.Items(from.optional(ReportStateCodec::key), from.longNumber())),
                        in.flag(),
                        in.longNumber(),
                        in.list(from -> new EnforcementReport.FailedItem(from.text(), from.text()))));
    }

    /// Every reported key has a version (R28).
    private static void key(StateOutput out, KeyReference key) {
        out.key(key.key());
        out.version(key.version().orElseThrow());
    }

    private static KeyReference key(StateInput in) throws IOException {
        return new KeyReference(in.key(), Optional.of(in.version()));
    }

    private static void name(StateOutput out, PartName name) {
        out.text(name.value());
    }

    private static SortedSet<PartName> names(StateInput in) throws IOException {
        return new TreeSet<>(in.list(read -> new PartName(read.text())));
    }
}
