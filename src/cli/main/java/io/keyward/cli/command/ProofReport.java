package io.keyward.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.Visible;
import io.keyward.proof.ProofFinding;
import io.keyward.proof.Report;
import io.keyward.proof.Unverifiable;
import java.util.Locale;
import java.util.Optional;

/// Prints the report of a proof: as text, or as one JSON object.
///
/// @param records the plural noun for the records that were verified, or that the proof used
record ProofReport(StandardStreams streams, boolean json, String records) {
    /// The maximum number of findings in the text.
    private static final int SHOWN = 100;

    void print(Report report) {
        if (json) {
            streams.out().println(document(report));
        } else {
            printText(report);
        }
        streams.flush();
    }

    private void printText(Report report) {
        report.findings().stream().limit(SHOWN).forEach(finding -> line("DIFFERS", finding));
        report.unverifiable().stream().limit(SHOWN).forEach(left -> line("NOT VERIFIABLE", left));
        long more = report.omitted()
                + Math.max(0, report.findings().size() - SHOWN)
                + Math.max(0, report.unverifiable().size() - SHOWN);
        if (more > 0) {
            streams.out()
                    .printf(Locale.ROOT, "and %,d more; --json lists up to 10,000 of each group of partitions%n", more);
        }
        streams.out()
                .printf(
                        Locale.ROOT,
                        "%s: %,d environments, %,d keys, %,d tenants and %,d %s; %,d differences, %,d not verifiable%n",
                        report.holds() ? "Verified" : "NOT verified",
                        report.environments(),
                        report.keys(),
                        report.tenants(),
                        report.outputs(),
                        records,
                        report.findings().size() + report.omitted(),
                        report.unverifiable().size());
    }

    private void line(String word, Object found) {
        streams.out().println(word + "  " + Visible.line(found.toString()));
    }

    private ObjectNode document(Report report) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put("holds", report.holds());
        all.put("environments", report.environments());
        all.put("keys", report.keys());
        all.put("tenants", report.tenants());
        all.put(records, report.outputs());
        all.putArray("findings")
                .addAll(report.findings().stream().map(ProofReport::json).toList());
        all.putArray("unverifiable")
                .addAll(report.unverifiable().stream().map(ProofReport::json).toList());
        return all.put("omitted", report.omitted());
    }

    private static ObjectNode json(ProofFinding finding) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("topic", finding.topic());
        node.put("partition", finding.partition());
        node.put("offset", finding.offset());
        put(node, "tenantId", finding.tenant());
        put(node, "environmentId", finding.environment());
        put(node, "rule", finding.rule());
        return node.put("sentence", finding.sentence());
    }

    private static ObjectNode json(Unverifiable left) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("topic", left.topic());
        node.put("partition", left.partition());
        put(node, "tenantId", left.tenant());
        put(node, "environmentId", left.environment());
        return node.put("sentence", left.sentence());
    }

    private static void put(ObjectNode node, String name, Optional<?> value) {
        value.ifPresent(present -> node.put(name, present.toString()));
    }
}
