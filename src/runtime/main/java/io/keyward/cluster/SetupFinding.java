package io.keyward.cluster;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.ExitCode;

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

    /// Prints the findings, if any, and returns the exit code of the command.
    static int report(List<? extends SetupFinding> findings, PrintWriter err) {
        if (findings.isEmpty()) {
            return ExitCode.OK;
        }
        err.println(text(findings));
        err.flush();
        return ExitCode.SOFTWARE;
    }

    /// Keyward's own commands need the same configuration as the current one.
    private static String command(String remedy) {
        return remedy.startsWith("bin/keyward ")
                ? remedy + " (with the same --config or --port-base, if one was given)"
                : remedy;
    }
}
