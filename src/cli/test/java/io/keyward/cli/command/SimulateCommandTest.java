package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.testing.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
    private static final String SNAPSHOT = line(
            "environment-changed",
            "'environmentId': 'hr', 'type': 'PRODUCTION', 'managed': true, 'lifecycle': 'ACTIVE',"
                    + " 'cloudFlows': {'count': 0}, 'desktopFlows': {'count': 0}");
    private static final String POLICY = line(
            "policy-applied",
            "'environmentId': 'hr', 'policyId': 'cmk', 'key': {'vaultUri': 'https://kv', 'keyName': 'main'}");
    private static final String PURGE = SNAPSHOT.replace("ACTIVE", "PURGED");

    @TempDir
    private Path folder;

    @Test
    void eachOutputIsALineInTheOrderOfPublication() throws IOException {
        Run run = simulate(file("a.jsonl", SNAPSHOT, POLICY));

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.outLines())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("{\"topic\":\"encryption-decisions\",\"key\":\"contoso/hr\",\"value\":{")
                                .contains("\"revision\":1", "\"decidedAt\":\"2026-01-10T08:00:00Z\""),
                        second -> assertThat(second).contains("\"revision\":2", "\"CUSTOMER_MANAGED\""),
                        third -> assertThat(third)
                                .startsWith("{\"topic\":\"analytics-suppressions\","
                                        + "\"key\":\"contoso/hr/APPLICATION_INSIGHTS\""),
                        fourth -> assertThat(fourth).contains("DATA_LAKE_EXPORT"),
                        fifth -> assertThat(fifth).contains("TENANT_REPORTING"));
    }

    @Test
    void aTombstoneHasNoValue() throws IOException {
        Run run = simulate(file("a.jsonl", SNAPSHOT, PURGE));

        assertThat(run.outLines())
                .last()
                .isEqualTo("{\"topic\":\"encryption-decisions\",\"key\":\"contoso/hr\",\"value\":null}");
    }

    @Test
    void aDeadLetterNamesItsLine() throws IOException {
        Run run = simulate(
                file("a.jsonl", SNAPSHOT, POLICY.replace("'cmk'", "' '").replace("\"cmk\"", "\" \"")));

        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines())
                .last()
                .asString()
                .startsWith(
                        "{\"topic\":\"dead-letters\",\"key\":\"contoso\",\"reason\":\"INVALID_ID\",\"detail\":\"policyId")
                .endsWith("\"source\":{\"topic\":\"policy-applied\",\"line\":2}}");
    }

    @Test
    void withSeveralFilesADeadLetterNamesItsFile() throws IOException {
        Run run = simulate(
                file("a.jsonl", SNAPSHOT),
                file("b.jsonl", "{\"topic\": \"policy-removed\", \"key\": null, \"value\": null}"));

        assertThat(run.outLines())
                .last()
                .asString()
                .contains("\"key\":null,\"reason\":\"MISSING_VALUE\"")
                .endsWith("\"source\":{\"topic\":\"policy-removed\",\"line\":1,\"file\":\"" + folder.resolve("b.jsonl")
                        + "\"}}");
    }

    @Test
    void anEventFromTheFutureIsADeadLetter() throws IOException {
        String early = SNAPSHOT.replace("{\"topic\"", "{\"timestamp\": \"2026-01-10T07:00:00Z\", \"topic\"");

        assertThat(simulate(file("a.jsonl", early)).out()).contains("\"reason\":\"TIMESTAMP_IN_FUTURE\"");
    }

    @Test
    void aTimeInSecondsIsADeadLetterThatSaysSo() throws IOException {
        String inSeconds = SNAPSHOT.replaceAll("\"occurredAt\": *\"[^\"]*\"", "\"occurredAt\": 1795972009");

        Run run = simulate(file("a.jsonl", inSeconds));

        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines())
                .singleElement()
                .asString()
                .contains(
                        "\"reason\":\"INVALID_FIELD\"",
                        "occurredAt is 1970-01-21T18:52:52.009Z, which is before 2015-01-01T00:00:00Z",
                        "It looks like seconds: in milliseconds it would be 2026-11-29T17:06:49Z");
    }

    /// A right-to-left override in it would reverse the rest of the sentence.
    @Test
    void aDisplayNameDoesNotReverseTheSentenceAroundIt() throws IOException {
        String events = file("a.jsonl", named("Fin\\u202eance"), POLICY);

        assertThat(simulate(events).outLines())
                .anyMatch(line -> line.contains("\"environmentName\":\"Fin\ufffdance\"")
                        && line.contains("Hosted machines of environment \\\"Fin\ufffdance\\\" (hr): 2."));
        assertThat(simulate("--explain", events).out()).contains("environment \"Fin\ufffdance\" (hr): 2.");
    }

    @Test
    void aDisplayNameFromRightToLeftIsWholeAndIsolated() throws IOException {
        String events = file("a.jsonl", named("כספים"), POLICY);

        assertThat(simulate(events).outLines())
                .anyMatch(line -> line.contains("\"environmentName\":\"כספים\"")
                        && line.contains("of environment \\\"\u2068כספים\u2069\\\" (hr): 2."));
        assertThat(simulate("--explain", events).out()).contains("environment \"\u2068כספים\u2069\" (hr): 2.");
    }

    @Test
    void aDisplayNameThatIsTooLongIsADeadLetter() throws IOException {
        Run run = simulate(file("a.jsonl", named("x".repeat(900_000))));

        assertThat(run.outLines())
                .singleElement()
                .asString()
                .contains("\"reason\":\"INVALID_FIELD\"", "displayName holds 900000 characters; expected up to 500.");
    }

    /// A character may be two units of UTF-16.
    @Test
    void aDisplayNameOf500CharactersIsPublishedWhole() throws IOException {
        String name = "😀".repeat(500);

        assertThat(simulate(file("a.jsonl", named(name))).outLines())
                .singleElement()
                .asString()
                .contains("\"environmentName\":\"" + name + "\"");
        assertThat(simulate(file("a.jsonl", named(name + "x"))).out()).contains("displayName holds 501 characters");
    }

    private static String named(String displayName) {
        return SNAPSHOT.replace(
                "\"type\"", "\"displayName\": \"" + displayName + "\", \"hostedMachines\": 2, \"type\"");
    }

    @Test
    void theEarliestTimeIsASetting() throws IOException {
        Run run = simulate(
                file("a.jsonl", SNAPSHOT.replace("2026-01-10", "1969-01-10")),
                "--config",
                file("keyward.properties", "keyward.rules.min-time = 1969-01-10"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("1969-01-10T08:00:00Z").doesNotContain("INVALID_FIELD");
    }

    @Test
    void anyLaterTimeThatCanBeWrittenIsDecided() throws IOException {
        String early = SNAPSHOT.replace("2026-01-10", "2015-01-01");
        String farAway = POLICY.replace("2026-01-10", "9999-01-10")
                .replace("{\"topic\"", "{\"timestamp\": \"9999-01-10T08:00:00Z\", \"topic\"");

        Run run = simulate(file("a.jsonl", early, farAway));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("2015-01-01T08:00:00Z", "9999-01-10T08:00:00Z");
    }

    @Test
    void badLinesAreReportedAndTheOthersDecided() throws IOException {
        String file = file(
                "a.jsonl",
                "nonsense",
                "",
                SNAPSHOT,
                "{\"topic\": \"nowhere\", \"value\": {}}",
                SNAPSHOT.replace("\"managed\"", "\"manged\""),
                SNAPSHOT.replace("true", "\"yes\""));

        Run run = simulate(file);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.outLines()).hasSize(1);
        assertThat(run.errLines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith(file + ":1: ").contains("not valid JSON"),
                        second -> assertThat(second)
                                .startsWith(file + ":4: topic:")
                                .contains("nowhere"),
                        third -> assertThat(third).startsWith(file + ":5: ").contains("manged"),
                        fourth -> assertThat(fourth).startsWith(file + ":6: ").contains("managed", "\"yes\""));
    }

    @Test
    void ofAFileOfAnotherKindTheFirstLinesAreReportedAndAllAreCounted() {
        Run run = Run.of(SimulateCommand.class, "nonsense\n".repeat(21), List.of("-"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines())
                .hasSize(21)
                .last()
                .isEqualTo("keyward: only the first 20 of 21 refused lines are shown");
    }

    @Test
    void standardInputIsAFile() {
        Run run = Run.of(SimulateCommand.class, SNAPSHOT + "\nnonsense\n", List.of("-"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.outLines()).hasSize(1);
        assertThat(run.err()).startsWith("(standard input):2: ");
    }

    @Test
    void whatCannotBeReadIsWrongUsage() throws IOException {
        String missing = folder.resolve("missing").toString();

        assertThat(simulate(missing)).isEqualTo(new Run(2, "", "keyward: " + missing + " does not exist.\n"));
        assertThat(simulate(folder.toString()).err()).contains("is a folder");
        assertThat(simulate("-", "-").exitCode()).isEqualTo(2);
        assertThat(simulate().exitCode()).isEqualTo(2);
        assertThat(simulate("--profile", "1999-01-01", file("a.jsonl", SNAPSHOT))
                        .err())
                .contains("1999-01-01", "2024-07-23, 2024-07-30, 2024-10-08, 2025-05-21, 2025-06-09");
    }

    @Test
    void theProfileCanBeChosen() throws IOException {
        Run run = simulate("--profile", "2024-10-08", file("a.jsonl", SNAPSHOT, POLICY));

        assertThat(run.out()).contains("\"ruleProfile\":\"2024-10-08\"", "FAILURE_DIGEST_EMAIL");
    }

    @Test
    void theEvidenceCanBeChosen() throws IOException {
        String events = file("a.jsonl", SNAPSHOT, POLICY);
        assertThat(simulate("--evidence", "IGNORE", events)).isEqualTo(simulate(events));
        assertThat(simulate("--evidence", "REPORT", events).out())
                .contains("\"component\":\"DATAVERSE\",\"status\":\"UNREPORTED\"");
        assertThat(simulate("--evidence", "DEMAND", events).exitCode()).isEqualTo(2);
    }

    private static final String REMOVAL = line("policy-removed", "'environmentId': 'hr', 'policyId': 'cmk'")
            .replace("2026-01-10T08", "2026-01-11T08");

    @Test
    void withoutAnEndTimeStandsStill() throws IOException {
        Run run = simulate(file("a.jsonl", SNAPSHOT, POLICY, REMOVAL));

        assertThat(run.outLines()).anyMatch(line -> line.contains("RETAIN_KEY") && line.contains("RAISED"));
        assertThat(run.out()).doesNotContain("TimeReached");
    }

    @Test
    void timePassesToTheEndAfterTheLastLine() throws IOException {
        String events = file("a.jsonl", SNAPSHOT, POLICY, REMOVAL);

        assertThat(simulate("--until", "2026-02-10T07:59:59.999Z", events).out())
                .isEqualTo(simulate(events).out());
        Run run = simulate("--until", "2026-02-10T08:00:00Z", events);
        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines()
                        .subList(run.outLines().size() - 2, run.outLines().size()))
                .satisfiesExactly(
                        decision -> assertThat(decision)
                                .contains(
                                        "\"decidedAt\":\"2026-02-10T08:00:00Z\"",
                                        "\"retainUntil\":[]",
                                        "\"eventType\":\"TimeReached\"",
                                        "\"eventId\":\"time/2026-02-10T08:00:00Z\""),
                        warning -> assertThat(warning).contains("RETAIN_KEY", "CLEARED"));
    }

    @Test
    void anEndThatIsStillToComeIsReached() throws IOException {
        Run run = simulate("--until", "2999-01-01T00:00:00Z", "--explain", file("a.jsonl", SNAPSHOT, POLICY, REMOVAL));

        assertThat(run.out()).contains("because of TimeReached time/2026-02-10T08:00:00Z", "(by --until)");
    }

    @Test
    void anEndThatIsNoTimeIsWrongUsage() throws IOException {
        Run run = simulate("--until", "tomorrow", file("a.jsonl", SNAPSHOT));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'tomorrow' is not a time; it must be one such as 2026-04-01T00:00:00Z");
    }

    @Test
    void aSummaryIsATableInsteadOfLines() throws IOException {
        Run run = simulate("--summary", file("a.jsonl", SNAPSHOT, POLICY));

        assertThat(run.outLines()).first().asString().startsWith("Environment");
        assertThat(run.out())
                .doesNotContain("{")
                .containsPattern("contoso/hr +CUSTOMER_MANAGED +SUCCEEDED +kv/main +CCCCCMCM +3")
                .contains("Published  2 decisions");
    }

    @Test
    void anExplanationNamesCauseRulesAndFacts() throws IOException {
        String file = file(
                "a.jsonl",
                SNAPSHOT.replace(
                        "\"cloudFlows\": {\"count\": 0}",
                        "\"cloudFlows\": {\"count\": 4, \"oldestCreatedAt\": \"2025-01-01T00:00:00Z\"}"),
                POLICY);

        Run run = simulate("--explain", file);

        assertThat(run.outLines())
                .containsSubsequence(
                        "    because of PolicyApplied policy-applied-1, occurred 2026-01-10 08:00 (" + file + ":2)",
                        "    R2  The environment's data is under the customer's key: its components are encrypted with that key.",
                        "    R3  Flows that existed when the environment was enabled stay on the Microsoft-managed key.",
                        "        Cloud flows: 4, the oldest created on 2025-01-01 00:00 UTC, the newest on an unknown date."
                                + " Desktop flows: none. The environment has been enabled since 2026-01-10 08:00 UTC.");
    }

    private String file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), Arrays.asList(lines)).toString();
    }

    private static Run simulate(String... arguments) {
        return Run.of(SimulateCommand.class, "", new ArrayList<>(List.of(arguments)));
    }

    private static String line(String topic, String members) {
        return ("{'topic': '" + topic + "', 'value': {'eventId': '" + topic + "-1', 'tenantId': 'contoso',"
                        + " 'occurredAt': '2026-01-10T08:00:00Z', " + members + "}}")
                .replace('\'', '"');
    }
}
