package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.cli.records.EventCheck;
import io.keyward.cli.records.EventRules;
import io.keyward.cli.records.LineFiles;
import io.keyward.cli.records.SourceLine;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.id.RefusalCode;
import io.keyward.testing.Run;
import io.keyward.topology.contract.EventLine;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `publish` sends the events that `simulate` decides, and both refuse the others for the same reason.
class SimulateAndPublishAgreeTest {
    private static final String ACCEPTED = "accepted";
    private static final String NO_EVENT_LINE = "no event line";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        an event that has occurred   | 2020-01-01T00:00:00Z |                      | p | accepted
        at the earliest time         | 2015-01-01T00:00:00Z |                      | p | accepted
        just before it               | 2014-12-31T23:59:59.999Z |                  | p | INVALID_FIELD
        in seconds                   | 1970-01-21T18:52:52.009Z |                  | p | INVALID_FIELD
        with the time of its record  | 2020-01-01T00:00:00Z | 2020-01-01T00:01:00Z | p | accepted
        within the bound             | 2020-01-01T00:05:00Z | 2020-01-01T00:00:00Z | p | accepted
        after its record             | 2020-01-01T00:05:01Z | 2020-01-01T00:00:00Z | p | TIMESTAMP_IN_FUTURE
        still to come                | 2999-01-01T00:00:00Z |                      | p | TIMESTAMP_IN_FUTURE
        to come, sent long ago       | 2999-01-01T00:00:00Z | 2020-01-01T00:00:00Z | p | TIMESTAMP_IN_FUTURE
        a policy without a name      | 2020-01-01T00:00:00Z |                      | ' ' | INVALID_ID
        a name that divides keys     | 2020-01-01T00:00:00Z |                      | a/b | INVALID_ID
        a name that is a folder      | 2020-01-01T00:00:00Z |                      | ..  | INVALID_ID
        a name that is this folder   | 2020-01-01T00:00:00Z |                      | .   | INVALID_ID
        a name with a backslash      | 2020-01-01T00:00:00Z |                      | a\\\\b | INVALID_ID
        to come, and without a name  | 2999-01-01T00:00:00Z |                      | ' ' | INVALID_ID
        no time                      | yesterday            |                      | p | no event line
        """)
    void aLineIsJudgedAlike(String name, String occurredAt, String timestamp, String policy, String expected) {
        String line = line(occurredAt, Optional.ofNullable(timestamp), policy);

        assertThat(List.of(simulated(line), published(line))).containsExactly(expected, expected);
    }

    @Test
    void whatIsTooLargeOrMissingIsJudgedAlike() {
        String large = line("2020-01-01T00:00:00Z", Optional.empty(), "p".repeat(1 << 20));
        String missing = "{\"topic\": \"policy-removed\", \"key\": \"contoso\", \"value\": null}";

        assertThat(List.of(simulated(large), published(large))).containsOnly("TOO_LARGE");
        assertThat(List.of(simulated(missing), published(missing))).containsOnly("MISSING_VALUE");
    }

    /// Only `simulate` accepts a timestamp in the future: a broker gives records its own time.
    @Test
    void aStoryOfTheFutureCanBeSimulatedButNotSent() {
        String line = line("2999-01-01T00:00:00Z", Optional.of("2999-01-01T00:00:00Z"), "p");

        assertThat(simulated(line)).isEqualTo(ACCEPTED);
        assertThat(published(line)).isEqualTo("TIMESTAMP_IN_FUTURE");
    }

    /// Keyward writes these events itself; a story may hold some too.
    @Test
    void timeIsJudgedLikeAnyEvent() {
        assertThat(List.of(simulated(time("2020-01-01T00:00:00Z")), published(time("2020-01-01T00:00:00Z"))))
                .containsOnly(ACCEPTED);
        assertThat(List.of(simulated(time("2999-01-01T00:00:00Z")), published(time("2999-01-01T00:00:00Z"))))
                .containsOnly("TIMESTAMP_IN_FUTURE");
        assertThat(List.of(simulated(time("1970-02-01T00:00:00Z")), published(time("1970-02-01T00:00:00Z"))))
                .as("a deadline is decided whatever its time")
                .containsOnly(ACCEPTED);
        String contradictory = time("2020-01-01T00:00:00Z").replace("\"dueAt\": \"2020", "\"dueAt\": \"2019");
        assertThat(List.of(simulated(contradictory), published(contradictory))).containsOnly("INVALID_FIELD");
    }

    @ParameterizedTest
    @CsvSource({
        "DATAVERSE, 1,  accepted",
        "UNKNOWN,   1,  INVALID_FIELD",
        "DATAVERSE, -1, INVALID_FIELD",
        "VAULT,     1,  no event line"
    })
    void aReportIsJudgedAlike(String component, int count, String expected) {
        String line =
                "{\"topic\": \"enforcement-reported\", \"value\": {\"eventId\": \"1\", \"tenantId\": \"contoso\", \"occurredAt\": \"2020-01-01T00:00:00Z\", \"environmentId\": \"hr\", \"component\": \"%s\", \"phase\": \"RUNNING\", \"items\": [{\"count\": %d}], \"complete\": true}}"
                        .formatted(component, count);

        assertThat(List.of(simulated(line), published(line))).containsExactly(expected, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "https://contoso.vault.azure.net,      accepted",
        "https://contoso.vault.azure.net:443/, accepted",
        "https://contoso.vault.azure.net:8443, INVALID_FIELD",
        "https://127.0.0.1,                    INVALID_FIELD",
        "https://2130706433,                   INVALID_FIELD",
        "https://1.vault.azure.net,            INVALID_FIELD"
    })
    void aVaultIsJudgedAlike(String vault, String expected) {
        String line =
                "{\"topic\": \"key-revoked\", \"value\": {\"eventId\": \"1\", \"tenantId\": \"contoso\", \"occurredAt\": \"2020-01-01T00:00:00Z\", \"vaultUri\": \"%s\", \"keyName\": \"k\", \"cause\": \"KEY_DISABLED\"}}"
                        .formatted(vault);

        assertThat(List.of(simulated(line), published(line))).containsExactly(expected, expected);
    }

    private static String time(String time) {
        return "{\"topic\": \"time-reached\", \"value\": {\"eventId\": \"time/%s\", \"tenantId\": \"contoso\", \"occurredAt\": \"%s\", \"dueAt\": \"%s\"}}"
                .formatted(time, time, time);
    }

    private static String simulated(String line) {
        Run run = Run.of(SimulateCommand.class, line, List.of("-"));
        return run.err().isEmpty()
                ? Arrays.stream(RefusalCode.values())
                        .map(RefusalCode::name)
                        .filter(code -> run.out().contains("\"reason\":\"" + code + "\""))
                        .findFirst()
                        .orElse(ACCEPTED)
                : NO_EVENT_LINE;
    }

    private static String published(String line) {
        AtomicReference<String> judged = new AtomicReference<>(ACCEPTED);
        KeywardConfig config = KeywardConfig.load(Optional.empty(), Map.of(), new Properties());
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        BiConsumer<SourceLine, String> refused = (_, reason) -> judged.set(Arrays.stream(RefusalCode.values())
                .map(RefusalCode::name)
                .filter(code -> reason.startsWith(code + ": "))
                .findFirst()
                .orElse(NO_EVENT_LINE));
        EventCheck check = new EventCheck(EventRules.from(config, Instant.now()), refused);
        new LineFiles<>(List.of("-"), () -> new ByteArrayInputStream(bytes), EventLine::parse)
                .read(check::accepts, refused);
        return judged.get();
    }

    private static String line(String occurredAt, Optional<String> timestamp, String policy) {
        return "{\"topic\": \"policy-removed\", %s\"value\": {\"eventId\": \"1\", \"tenantId\": \"contoso\", \"occurredAt\": \"%s\", \"environmentId\": \"hr\", \"policyId\": \"%s\"}}"
                .formatted(
                        timestamp
                                .map(time -> "\"timestamp\": \"" + time + "\", ")
                                .orElse(""),
                        occurredAt,
                        policy);
    }
}
