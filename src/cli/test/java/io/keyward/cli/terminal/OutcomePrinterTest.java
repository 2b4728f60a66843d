package io.keyward.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.topology.read.OutputRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomePrinterTest {
    private static final Terminal COLOUR = new Terminal(true, true, 200);
    private static final String START = "2026-03-02 09:14  contoso/hr                ";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void aDecisionIsStateStatusKeyAndRevision() {
        assertThat(lines(Terminal.PLAIN, Outcomes.decision("contoso", "hr", "CUSTOMER_MANAGED", "SUCCEEDED")))
                .containsExactly(START + "CUSTOMER_MANAGED (SUCCEEDED)  key kv-contoso/hr v3  revision 2");
    }

    @Test
    void aLockSaysSinceWhenAndWhatFollows() {
        assertThat(
                        lines(
                                Terminal.PLAIN,
                                Outcomes.decision(
                                        "contoso",
                                        "hr",
                                        "LOCKED",
                                        "WARNING",
                                        ", 'lockedSince': '2026-03-02T09:14:00Z', 'expectedDeletionAt': '2026-04-01T09:14:00Z'")))
                .containsExactly(START + "LOCKED (WARNING)  key kv-contoso/hr v3  revision 2"
                        + "  locked since 2026-03-02 09:14, deletion expected 2026-04-01 09:14");
    }

    @Test
    void keysToKeepAreNamedWithTheirDate() {
        assertThat(lines(
                        Terminal.PLAIN,
                        Outcomes.decision(
                                "contoso",
                                "hr",
                                "CUSTOMER_MANAGED",
                                "SUCCEEDED",
                                ", 'retainUntil': [{'vaultUri': 'https://old.vault.azure.net/', 'keyName': 'k',"
                                        + " 'until': '2026-04-01T00:00:00Z'}]")))
                .singleElement()
                .asString()
                .endsWith("revision 2  keep old/k until 2026-04-01 00:00");
    }

    @Test
    void componentsThatAreReallySoAreCounted() {
        assertThat(lines(Terminal.PLAIN, enforcement("ENFORCED", "UNREPORTED", "LATER")))
                .singleElement()
                .asString()
                .endsWith("revision 2  enforced 1 of 3");
        assertThat(lines(Terminal.PLAIN, enforcement("FAILED", "ENFORCED", "DRIFTED")))
                .singleElement()
                .asString()
                .endsWith("  enforced 1 of 3, C0 FAILED, C2 DRIFTED");
    }

    private static OutputRecord enforcement(String... statuses) {
        List<String> entries = new ArrayList<>();
        for (String status : statuses) {
            entries.add("{'component': 'C%d', 'status': '%s'}".formatted(entries.size(), status));
        }
        return Outcomes.decision("contoso", "hr", "CUSTOMER_MANAGED", "SUCCEEDED", ", 'enforcement': " + entries);
    }

    @Test
    void aWarningIsSeverityCodeAndMessage() {
        assertThat(lines(Terminal.PLAIN, Outcomes.warning("KEY_REVOKED", "CRITICAL", "RAISED")))
                .containsExactly(START + "CRITICAL KEY_REVOKED: All is published.");
        assertThat(lines(Terminal.PLAIN, Outcomes.warning("KEY_REVOKED", "CRITICAL", "CLEARED")))
                .containsExactly("2026-03-05 10:00  contoso/hr                cleared KEY_REVOKED: All is published.");
    }

    @Test
    void anUpdateTellsWhatItChanges() {
        assertThat(lines(
                        Terminal.PLAIN,
                        Outcomes.incident(1, "WARNING", "['a', 'b']", "Some groups wait. Do something."),
                        Outcomes.incident(2, "CRITICAL", "['b', 'c']", "Some groups wait. Do it now."),
                        Outcomes.incident(3, "CRITICAL", "['b']", "Some groups wait. Do it now.")))
                .containsExactly(
                        START + "WARNING REPROVISION: Some groups wait. Do something.",
                        START + "CRITICAL REPROVISION updated (was WARNING, now c, not a): Do it now.",
                        START + "CRITICAL REPROVISION updated (not c)");
        assertThat(lines(Terminal.PLAIN, Outcomes.incident(2, "CRITICAL", "['b']", "Some groups wait. Do something.")))
                .as("the record before is not known")
                .containsExactly(START + "CRITICAL REPROVISION updated: Some groups wait. Do something.");
    }

    @Test
    void signalsThatSayTheSameShareALine() {
        assertThat(lines(
                        Terminal.PLAIN,
                        Outcomes.signal("hr", "DATA_LAKE_EXPORT", "SUPPRESS"),
                        Outcomes.signal("hr", "TENANT_REPORTING", "SUPPRESS"),
                        Outcomes.signal("fin", "TENANT_REPORTING", "ALLOW")))
                .containsExactly(
                        START + "SUPPRESS DATA_LAKE_EXPORT, TENANT_REPORTING  from 2026-03-02 09:14 on",
                        "2026-03-02 09:14  contoso/fin               ALLOW TENANT_REPORTING"
                                + "  except data from the beginning to 2026-02-01 00:00, 2026-03-02 09:14 to 2026-04-01 00:00");
    }

    @Test
    void signalsComeBeforeWhatFollowsThem() {
        assertThat(lines(
                        Terminal.PLAIN,
                        Outcomes.signal("hr", "TENANT_REPORTING", "SUPPRESS"),
                        Outcomes.warning("KEY_REVOKED", "CRITICAL", "RAISED")))
                .satisfiesExactly(
                        first -> assertThat(first).contains("SUPPRESS"),
                        second -> assertThat(second).contains("KEY_REVOKED"));
    }

    @Test
    void aTombstoneNamesWhatIsTakenBack() {
        assertThat(lines(Terminal.PLAIN, Outcomes.retracted(Topic.WARNINGS, "contoso/hr/KEY_REVOKED")))
                .containsExactly("2026-03-02 09:15  contoso/hr                retracted: warnings KEY_REVOKED");
    }

    @Test
    void aDeadLetterSaysWhyAndWhereFrom() {
        assertThat(lines(Terminal.PLAIN, Outcomes.refused()))
                .containsExactly(
                        "2026-03-02 09:15  contoso                   REFUSED INVALID_ID: environmentId is blank."
                                + "  (policy-applied line 17)");
    }

    @Test
    void ofARequestADeadLetterNamesThePath() {
        assertThat(lines(Terminal.PLAIN, Outcomes.refused("{'topic': '/intake/eventgrid/contoso'}")))
                .singleElement()
                .asString()
                .endsWith("  (/intake/eventgrid/contoso)");
        assertThat(lines(Terminal.PLAIN, Outcomes.refused("{'topic': 'policy-applied', 'partition': 3, 'offset': 41}")))
                .singleElement()
                .asString()
                .endsWith("  (policy-applied partition 3 offset 41)");
    }

    @Test
    void coloursAreForTerminalsOnly() {
        OutputRecord decision = Outcomes.decision("contoso", "hr", "LOCKED", "WARNING");

        assertThat(lines(COLOUR, decision))
                .singleElement()
                .asString()
                .contains("\u001b[1;31mLOCKED (WARNING)\u001b[0m");
        assertThat(lines(Terminal.PLAIN, decision)).noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void aLineEndsWhereTheScreenDoes() {
        Terminal narrow = new Terminal(true, false, 60);

        assertThat(lines(narrow, Outcomes.decision("contoso", "hr", "CUSTOMER_MANAGED", "SUCCEEDED")))
                .containsExactly(START + "CUSTOMER_MANAGE…");
    }

    @Test
    void whatOnlyANewerReleaseKnowsIsShownAsItIs() {
        assertThat(lines(COLOUR, Outcomes.warning("SOMETHING_NEW", "GRAVE", "RAISED")))
                .singleElement()
                .asString()
                .contains("GRAVE", "SOMETHING_NEW");
    }

    private List<String> lines(Terminal terminal, OutputRecord... outcomes) {
        bytes.reset();
        OutcomePrinter printer = new OutcomePrinter(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
        List.of(outcomes).forEach(printer::print);
        printer.flush();
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
