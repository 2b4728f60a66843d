package io.keyward.bench;

import io.keyward.bench.measure.BenchException;
import io.keyward.bench.measure.Latency;
import io.keyward.bench.measure.Result;
import io.keyward.bench.measure.Subject;
import io.keyward.bench.measure.SubjectVariant;
import io.keyward.bench.report.Table;
import java.util.ArrayList;
import java.util.List;

/// Compares the product with other settings to the product with its defaults, in the same run.
final class Variants {
    private final Measurements measurements;

    Variants(Measurements measurements) {
        this.measurements = measurements;
    }

    /// Empty if the run has no variants.
    Table table() {
        Table table = new Table(
                "variant",
                "events/s",
                "of standard",
                "CPU µs/event",
                "compiling",
                "broker µs/event",
                "bytes allocated/event",
                "records/event",
                "RSS peak MiB",
                "p50 ms",
                "p99 ms",
                "settings");
        List<SubjectVariant> subjectVariants = measured();
        if (!subjectVariants.stream()
                .allMatch(subjectVariant -> subjectVariant.variant().isStandard())) {
            subjectVariants.forEach(subjectVariant -> add(subjectVariant, table));
        }
        return table;
    }

    private List<SubjectVariant> measured() {
        return measurements.rates().stream()
                .map(Result::subjectVariant)
                .filter(subjectVariant -> Plan.isProduct(subjectVariant.subject()))
                .distinct()
                .toList();
    }

    /// Checks that the product does not cost much more CPU time than its other revisions. CPU time depends less on
    /// other load than rates do.
    ///
    /// @param least the least number of events per CPU second, as a share of that of each other revision
    /// @throws BenchException that names every revision that does too much better
    void requireAtLeast(double least) {
        List<String> failures = new ArrayList<>();
        for (SubjectVariant other : measured()) {
            SubjectVariant standard = SubjectVariant.standard(other.subject());
            double ratio = cpuMicrosPerEvent(other) / cpuMicrosPerEvent(standard);
            if (other.variant().revision().isPresent() && !(ratio >= least)) {
                failures.add("%s makes %.2f of the events per CPU second of %s"
                        .formatted(standard.label(), ratio, other.label()));
            }
        }
        if (!failures.isEmpty()) {
            throw new BenchException("%s; must be at least %.2f".formatted(String.join(", ", failures), least));
        }
    }

    private double cpuMicrosPerEvent(SubjectVariant subjectVariant) {
        return rates(subjectVariant)
                .mean(subjectVariant.subject(), result -> result.usage().cpuMicrosPerEvent());
    }

    private void add(SubjectVariant subjectVariant, Table table) {
        Rates own = rates(subjectVariant);
        Rates standard = rates(SubjectVariant.standard(subjectVariant.subject()));
        Subject subject = subjectVariant.subject();
        table.add(
                subjectVariant.label(),
                own.each(subject, "%,.0f", result -> result.usage().eventsPerSecond()),
                standard.ratio(own.mean(subject, result -> result.usage().eventsPerSecond()), subject),
                own.mean(subject, "%.2f", result -> result.usage().cpuMicrosPerEvent()),
                own.mean(subject, "%.2f", result -> result.usage().compilerMicrosPerEvent()),
                own.mean(subject, "%.2f", result -> result.usage().brokerCpuMicrosPerEvent()),
                own.mean(subject, "%,.0f", result -> result.usage().allocatedPerEvent()),
                own.mean(subject, "%.2f", Result::recordsPerEvent),
                own.mean(subject, "%,.0f", result -> result.footprint().peakResidentBytes() / 0x1p20),
                latency(subjectVariant, 50),
                latency(subjectVariant, 99),
                subjectVariant.variant().describe());
    }

    private Rates rates(SubjectVariant subjectVariant) {
        return new Rates(measurements.rates().stream()
                .filter(result -> result.subjectVariant().equals(subjectVariant))
                .toList());
    }

    private String latency(SubjectVariant subjectVariant, double percentile) {
        return measurements.latencies().stream()
                .filter(latency -> latency.subjectVariant().equals(subjectVariant))
                .mapToDouble((Latency latency) -> latency.percentile(percentile))
                .mapToObj("%.1f"::formatted)
                .findFirst()
                .orElse("-");
    }
}
