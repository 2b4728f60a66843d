package io.keyward.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A difference between an external system and what Keyward requires of it.
public interface SetupFinding {
    /// What is wrong and why it matters.
    String sentence();

    /// The command that fixes it, or that shows what to fix.
    String remedy();

    /// The findings, grouped by the command that fixes them.
    static String text(List<? extends SetupFinding> findings) {
        Map<String, List<SetupFinding>> byRemedy = findings.stream()
                .collect(Collectors.groupingBy(SetupFinding::remedy, LinkedHashMap::new, Collectors.toList()));
        return byRemedy.entrySet().stream()
                .map(entry -> entry.getValue().stream()
                        .map(finding -> "  " + finding.sentence() + System.lineSeparator())
                        .collect(Collectors.joining("", "", "    " + command(entry.getKey()))))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /// Adds a reminder to Keyward's own commands, which need the same configuration as the current one.
    private static String command(String remedy) {
        return remedy.startsWith("bin/keyward ")
                ? remedy + " (with the same --config or --port-base, if one was given)"
                : remedy;
    }
}
