package io.keyward.app.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How many environments of each tenant are enabled, and how many wait for a slot, as their decisions tell.
final class TenantSlots {
    private int enabled;
    private int waiting;

    private TenantSlots() {}

    static List<StyledLine> lines(Collection<OutputRecord.Published> decisions) {
        Map<String, TenantSlots> tenants = new TreeMap<>();
        decisions.forEach(decision -> tenants.computeIfAbsent(decision.text("tenantId"), _ -> new TenantSlots())
                .add(decision));
        int width = tenants.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        List<StyledLine> lines = new ArrayList<>();
        tenants.forEach((tenant, slots) -> lines.add(slots.line(tenant, width)));
        return lines;
    }

    /// Who is enabled holds a slot, unless nothing else is known of it yet (R4).
    private void add(OutputRecord.Published decision) {
        List<String> warnings = Words.texts(decision.value().path("openWarnings"));
        if (warnings.contains("ENVIRONMENT_LIMIT_EXCEEDED")) {
            waiting++;
        } else if (decision.value().has("enabledSince") && !warnings.contains("INVENTORY_UNKNOWN")) {
            enabled++;
        }
    }

    private StyledLine line(String tenant, int width) {
        StyledLine line = new StyledLine()
                .add(Ink.NAME, "Tenant     ")
                .column(Ink.PLAIN, tenant, width)
                .add(Words.count(enabled, "environment", "environments") + " enabled");
        return waiting == 0 ? line : line.add(Ink.ATTENTION, ", " + waiting + " waiting for a slot");
    }
}
