package io.keyward.cli.terminal;

import io.keyward.topology.read.OutputRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The number of environments in each state, with each policy status, and with each open warning. Replaces the
/// table if there are too many environments.
record SummaryCounts(Collection<OutputRecord.Published> decisions) {
    List<StyledLine> lines() {
        List<StyledLine> lines = new ArrayList<>();
        lines.add(new StyledLine()
                .add(Colour.NAME, "Environments  ")
                .add(String.format(Locale.ROOT, "%,d, too many to list", decisions.size())));
        add(lines, "State", decision -> Stream.of(decision.text("encryptionState")));
        add(lines, "Policy", decision -> Stream.of(decision.text("policyStatus")));
        // A warning about a part of an environment is CODE/PART.
        add(
                lines,
                "Open warnings",
                decision -> JsonFields.of(decision).texts("openWarnings").stream()
                        .map(warning -> warning.split("/", 2)[0])
                        .distinct());
        return lines;
    }

    private void add(List<StyledLine> lines, String heading, Function<OutputRecord.Published, Stream<String>> words) {
        Map<String, Long> counts = decisions.stream()
                .flatMap(words)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
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
