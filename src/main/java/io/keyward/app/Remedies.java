package io.keyward.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What is wrong outside, and after all that one command mends, that command.
final class Remedies {
    private static final String OURS = "bin/keyward ";

    private Remedies() {}

    static String text(List<? extends Finding> findings) {
        Map<String, List<Finding>> byRemedy = findings.stream()
                .collect(Collectors.groupingBy(Finding::remedy, LinkedHashMap::new, Collectors.toList()));
        return byRemedy.entrySet().stream()
                .map(entry -> entry.getValue().stream()
                        .map(finding -> "  " + finding.sentence() + System.lineSeparator())
                        .collect(Collectors.joining("", "", "    " + command(entry.getKey()))))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /// Our own commands need the configuration that this one was given.
    private static String command(String remedy) {
        return remedy.startsWith(OURS) ? remedy + " (with the same --config or --port-base, if one was given)" : remedy;
    }
}
