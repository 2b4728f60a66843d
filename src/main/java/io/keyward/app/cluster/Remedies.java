package io.keyward.app.cluster;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.ExitCode;

/// Groups findings by the command that fixes them.
public final class Remedies {
    private static final String OURS = "bin/keyward ";

    private Remedies() {}

    public static String text(List<? extends Finding> findings) {
        Map<String, List<Finding>> byRemedy = findings.stream()
                .collect(Collectors.groupingBy(Finding::remedy, LinkedHashMap::new, Collectors.toList()));
        return byRemedy.entrySet().stream()
                .map(entry -> entry.getValue().stream()
                        .map(finding -> "  " + finding.sentence() + System.lineSeparator())
                        .collect(Collectors.joining("", "", "    " + command(entry.getKey()))))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /// Prints the findings, if any, and returns the exit code of the command.
    public static int report(List<? extends Finding> findings, PrintWriter err) {
        if (findings.isEmpty()) {
            return ExitCode.OK;
        }
        err.println(text(findings));
        err.flush();
        return ExitCode.SOFTWARE;
    }

    /// The command that changes a topic's setting, written `name=value`.
    public static String alterTopic(String bootstrapServers, String topic, String setting) {
        return "kafka-configs.sh --bootstrap-server %s --alter --entity-type topics --entity-name %s --add-config %s"
                .formatted(bootstrapServers, topic, setting);
    }

    /// Keyward's own commands need the same configuration as the current one.
    private static String command(String remedy) {
        return remedy.startsWith(OURS) ? remedy + " (with the same --config or --port-base, if one was given)" : remedy;
    }
}
