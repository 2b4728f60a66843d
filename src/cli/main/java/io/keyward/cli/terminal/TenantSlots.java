package io.keyward.cli.terminal;

import io.keyward.topology.read.OutputRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// For each tenant, the number of environments that are enabled and that wait for a slot, from their decisions,
/// and the open warnings for the tenant's administrators.
final class TenantSlots {
    private int enabled;
    private int waiting;
    private final List<String> warnings = new ArrayList<>();

    private TenantSlots() {}

    /// @param warnings the latest records of warnings about tenants
    static List<StyledLine> lines(
            Collection<OutputRecord.Published> decisions, Collection<OutputRecord.Published> warnings) {
        Map<String, TenantSlots> tenants = new TreeMap<>();
        decisions.forEach(decision -> of(decision, tenants).add(decision));
        warnings.stream()
                .filter(warning -> !warning.text("status").equals("CLEARED"))
                .forEach(warning -> of(warning, tenants).warnings.add(warning.text("code")));
        if (tenants.size() > Summary.MOST_ROWS) {
            return List.of(counts(tenants.values()));
        }
        int width = tenants.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        List<StyledLine> lines = new ArrayList<>();
        tenants.forEach((tenant, slots) -> lines.add(slots.line(tenant, width)));
        return lines;
    }

    private static StyledLine counts(Collection<TenantSlots> tenants) {
        Map<String, Integer> warned = new TreeMap<>();
        tenants.forEach(tenant -> tenant.warnings.forEach(code -> warned.merge(code, 1, Integer::sum)));
        StyledLine line = new StyledLine()
                .add(Colour.NAME, "Tenants    ")
                .add(String.format(
                        Locale.ROOT,
                        "%,d, %,d environments enabled, %,d waiting for a slot",
                        tenants.size(),
                        tenants.stream().mapToInt(tenant -> tenant.enabled).sum(),
                        tenants.stream().mapToInt(tenant -> tenant.waiting).sum()));
        warned.forEach((code, count) -> line.add(Colour.FLOW, String.format(Locale.ROOT, ", %s: %,d", code, count)));
        return line;
    }

    private static TenantSlots of(OutputRecord.Published record, Map<String, TenantSlots> tenants) {
        return tenants.computeIfAbsent(Visible.line(record.text("tenantId")), _ -> new TenantSlots());
    }

    /// An enabled environment holds a slot, unless its inventory is unknown (R4).
    private void add(OutputRecord.Published decision) {
        List<String> open = JsonFields.of(decision).texts("openWarnings");
        if (open.contains("ENVIRONMENT_LIMIT_EXCEEDED")) {
            waiting++;
        } else if (decision.value().has("enabledSince") && !open.contains("INVENTORY_UNKNOWN")) {
            enabled++;
        }
    }

    private StyledLine line(String tenant, int width) {
        StyledLine line = new StyledLine()
                .add(Colour.NAME, "Tenant     ")
                .column(Colour.PLAIN, tenant, width)
                .add(Format.count(enabled, "environment") + " enabled");
        if (waiting > 0) {
            line.add(Colour.ATTENTION, ", " + waiting + " waiting for a slot");
        }
        return warnings.isEmpty() ? line : line.add(Colour.FLOW, ", " + String.join(", ", warnings));
    }
}
