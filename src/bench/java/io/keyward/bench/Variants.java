package io.keyward.bench;

import io.keyward.bench.measure.Entrant;
import io.keyward.bench.measure.Latency;
import io.keyward.bench.measure.Result;
import io.keyward.bench.report.Table;
import java.util.List;

/// The product with other settings, beside the product as it is, in the same run.
final class Variants {
    private final Measurements measurements;

    Variants(Measurements measurements) {
        this.measurements = measurements;
    }

    /// Empty where nothing was varied.
    Table table() {
        Table table = new Table(
                "variant",
                "events/s",
                "of standard",
                "CPU µs/event",
                "broker µs/event",
                "RSS peak MiB",
                "p50 ms",
                "p99 ms",
                "settings");
        List<Entrant> entrants = measurements.rates().stream()
                .map(Result::entrant)
                .filter(entrant -> Plan.isProduct(entrant.subject()))
                .distinct()
                .toList();
        if (!entrants.stream().allMatch(entrant -> entrant.variant().isStandard())) {
            entrants.forEach(entrant -> add(entrant, table));
        }
        return table;
    }

    private void add(Entrant entrant, Table table) {
        Rates own = rates(entrant);
        Rates standard = rates(Entrant.standard(entrant.subject()));
        table.add(
                entrant.label(),
                own.each(entrant.subject(), "%,.0f", result -> result.usage().eventsPerSecond()),
                standard.ratio(
                        own.mean(entrant.subject(), result -> result.usage().eventsPerSecond()), entrant.subject()),
                own.mean(entrant.subject(), "%.2f", result -> result.usage().cpuMicrosPerEvent()),
                own.mean(entrant.subject(), "%.2f", result -> result.usage().brokerCpuMicrosPerEvent()),
                own.mean(
                        entrant.subject(), "%,.0f", result -> result.footprint().peakResidentBytes() / 0x1p20),
                latency(entrant, 50),
                latency(entrant, 99),
                entrant.variant().describe());
    }

    private Rates rates(Entrant entrant) {
        return new Rates(measurements.rates().stream()
                .filter(result -> result.entrant().equals(entrant))
                .toList());
    }

    private String latency(Entrant entrant, double percentile) {
        return measurements.latencies().stream()
                .filter(latency -> latency.entrant().equals(entrant))
                .mapToDouble((Latency latency) -> latency.percentile(percentile))
                .mapToObj("%.1f"::formatted)
                .findFirst()
                .orElse("-");
    }
}
