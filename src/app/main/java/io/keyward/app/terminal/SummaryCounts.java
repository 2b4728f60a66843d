package io.keyward.app.terminal;

import io.keyward.topology.OutputRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The number of environments in each state, with each policy status, and with each open warning. Replaces the
/// table if there are too many environments.
final class SummaryCounts {
    private final Map<String, Integer> states = new TreeMap<>();
    private final Map<String, Integer> statuses = new TreeMap<>();
    private final Map<String, Integer> warnings = new TreeMap<>();
    private final int environments;

    SummaryCounts(Collection<OutputRecord.Published> decisions) {
        environments = decisions.size();
        for (OutputRecord.Published decision : decisions) {
            count(states, decision.text("encryptionState"));
            count(statuses, decision.text("policyStatus"));
            // A warning about a part of an environment is CODE/PART.
            JsonFields.of(decision).texts("openWarnings").stream()
                    .map(warning -> warning.split("/", 2)[0])
                    .distinct()
                    .forEach(code -> count(warnings, code));
        }
    }

    private static void count(Map<String, Integer> counts, String word) {
        counts.merge(word, 1, Integer::sum);
    }

    List<StyledLine> lines() {
        List<StyledLine> lines = new ArrayList<>();
        lines.add(new StyledLine()
                .add(Colour.NAME, "Environments  ")
                .add(String.format(Locale.ROOT, "%,d, too many to list", environments)));
        add(lines, "State", states);
        add(lines, "Policy", statuses);
        add(lines, "Open warnings", warnings);
        return lines;
    }

    private static void add(List<StyledLine> lines, String heading, Map<String, Integer> counts) {
        if (counts.isEmpty()) {
            return;
        }
        int width = counts.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        lines.add(new StyledLine().add(Colour.NAME, heading));
        counts.forEach((word, count) -> lines.add(new StyledLine()
                .add("  ")
                .column(Colour.PLAIN, word, width)
                .add(String.format(Locale.ROOT, "%,8d", count))));
    }
}
