package io.keyward.avro.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyward.avro.OutputCodec;
import io.keyward.avro.RandomDomain;
import io.keyward.avro.SchemaFiles;
import io.keyward.decision.EncryptionDecision;
import io.keyward.event.EnforcementReported;
import io.keyward.event.EnvironmentChanged;
import io.keyward.event.EnvironmentType;
import io.keyward.event.KeyRestored;
import io.keyward.event.Lifecycle;
import io.keyward.event.PolicyApplied;
import io.keyward.event.RevocationCause;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests which JSON is accepted for a record, the messages for invalid JSON, and the JSON that is written.
class AvroJsonTest {

    private static final String SNAPSHOT = """
            {"eventId": "e1", "tenantId": "t1", "occurredAt": "2026-03-01T10:00:00Z", "environmentId": "env1",
             "type": "SANDBOX", "managed": true, "lifecycle": "ACTIVE",
             "cloudFlows": {"count": 2, "oldestCreatedAt": "2025-01-01T00:00:00Z"}, "desktopFlows": {"count": 0},
             "hostedMachineGroups": [{"groupId": "g1", "provisionedAt": 1772359200000}]}
            """;

    @Test
    void optionalFieldsMayBeLeftOutAndUnionsArePlainValues() {
        var snapshot = AvroJson.read(json(SNAPSHOT), EnvironmentChanged.class);

        assertThat(snapshot.getSource()).isEmpty();
        assertThat(snapshot.getDisplayName()).isNull();
        assertThat(snapshot.getRuntimeEnabled()).isTrue();
        assertThat(snapshot.getHostedMachines()).isZero();
        assertThat(snapshot.getType()).isEqualTo(EnvironmentType.SANDBOX);
        assertThat(snapshot.getLifecycle()).isEqualTo(Lifecycle.ACTIVE);
        assertThat(snapshot.getCloudFlows().getOldestCreatedAt()).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
        assertThat(snapshot.getDesktopFlows().getOldestCreatedAt()).isNull();
        assertThat(snapshot.getHostedMachineGroups()).hasSize(1);
    }

    @Test
    void anOptionalFieldMayBeNull() {
        var restored = AvroJson.read(json("""
                        {"eventId": "e1", "tenantId": "t1", "occurredAt": 0, "vaultUri": "https://v", "keyName": "k",
                         "keyVersion": null, "cause": "KEY_DISABLED"}
                        """), KeyRestored.class);

        assertThat(restored.getKeyVersion()).isNull();
        assertThat(restored.getCause()).isEqualTo(RevocationCause.KEY_DISABLED);
    }

    @Test
    void twoReadsDoNotShareTheirDefaults() {
        var json = json(SNAPSHOT.replaceFirst(",\\s*\"hostedMachineGroups\": \\[.*]", ""));

        var first = AvroJson.read(json, EnvironmentChanged.class);
        var second = AvroJson.read(json, EnvironmentChanged.class);

        assertThat(first.getHostedMachineGroups()).isEmpty();
        assertThat(first.getHostedMachineGroups()).isNotSameAs(second.getHostedMachineGroups());
    }

    @ParameterizedTest
    @CsvSource({
        "'\"2026-03-01T10:00:00Z\"',           2026-03-01T10:00:00Z",
        "'\"2026-03-01T10:00:00.123456789Z\"', 2026-03-01T10:00:00.123Z",
        "'\"2026-03-01T12:00:00+02:00\"',      2026-03-01T10:00:00Z",
        "1772359200000,                        2026-03-01T10:00:00Z",
        "-1,                                   1969-12-31T23:59:59.999Z",
    })
    void aTimeIsIsoWithAZoneOrEpochMilliseconds(String written, Instant read) {
        var json = json(SNAPSHOT.replace("\"2026-03-01T10:00:00Z\"", written));

        assertThat(AvroJson.read(json, EnvironmentChanged.class).getOccurredAt())
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"yesterday\"'",
        "'\"2026-03-01\"'",
        "'\"2026-03-01T10:00:00\"'",
        "1.5",
        "true",
        "null",
        "99999999999999999999",
        "'\"+999999999-01-01T00:00:00Z\"'"
    })
    void whatIsNotATimeIsRefused(String written) {
        var json = json(SNAPSHOT.replace("\"2026-03-01T10:00:00Z\"", written));

        assertThatThrownBy(() -> AvroJson.read(json, EnvironmentChanged.class))
                .isInstanceOf(JsonRefusedException.class)
                .hasMessage("EnvironmentChanged.occurredAt: expected a time such as 2026-03-01T10:00:00Z"
                        + " or epoch milliseconds, was " + written);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "env1"            | 5                | environmentId: expected a string, was 5
            "env1"            | null             | environmentId: expected a string, was null
            "managed": true   | "managed": "yes" | managed: expected true or false, was "yes"
            "count": 2        | "count": 2.0     | cloudFlows.count: expected a whole number (32 bits), was 2.0
            "count": 2        | "count": 3000000000 | cloudFlows.count: expected a whole number (32 bits), was 3000000000
            {"count": 0}      | 0                | desktopFlows: expected an object with the fields of FlowInventory, was 0
            {"count": 0}      | {}               | desktopFlows.count: is missing
            "groupId": "g1"   | "groupId": 1     | hostedMachineGroups[0].groupId: expected a string, was 1
            "groupId": "g1",  |                  | hostedMachineGroups[0].groupId: is missing
            "SANDBOX"         | "SANDPIT"        | type: expected one of PRODUCTION, SANDBOX, DEVELOPER, TRIAL, TEAMS, DEFAULT, UNKNOWN, was "SANDPIT"
            "environmentId"   | "environmentID"  | environmentID: is not a field of EnvironmentChanged; did you mean environmentId?
            "count": 2        | "counts": 2      | cloudFlows.counts: is not a field of FlowInventory; did you mean count?
            "managed"         | "manag"          | manag: is not a field of EnvironmentChanged; did you mean managed?
            "SANDBOX"         | 5                | type: expected one of PRODUCTION, SANDBOX, DEVELOPER, TRIAL, TEAMS, DEFAULT, UNKNOWN, was 5
            "count": 2        | "size": 2        | cloudFlows.size: is not a field of FlowInventory; known: count, oldestCreatedAt, newestCreatedAt, onMicrosoftManagedKey, cannotMigrate
            """)
    void aRefusalNamesThePathAndWhatWasExpected(String right, String wrong, String message) {
        var json = json(SNAPSHOT.replace(right, wrong == null ? "" : wrong));

        assertThatThrownBy(() -> AvroJson.read(json, EnvironmentChanged.class))
                .isInstanceOf(JsonRefusedException.class)
                .hasMessage("EnvironmentChanged." + message);
    }

    @Test
    void aRecordMustBeAnObject() {
        assertThatThrownBy(() -> AvroJson.read(json("[]"), PolicyApplied.class))
                .isInstanceOf(JsonRefusedException.class)
                .hasMessage("PolicyApplied: expected an object with the fields of PolicyApplied, was []");
    }

    @Test
    void aLongWrongValueIsCutInTheMessage() {
        var json = json(SNAPSHOT.replace("\"managed\": true", "\"managed\": \"" + "y".repeat(1000) + "\""));

        assertThatThrownBy(() -> AvroJson.read(json, EnvironmentChanged.class))
                .satisfies(refusal ->
                        assertThat(refusal.getMessage()).hasSizeLessThan(150).endsWith("y…"));
    }

    @Test
    void oneOfEightyCharactersIsNot() {
        var written = "\"" + "y".repeat(78) + "\"";
        var json = json(SNAPSHOT.replace("\"managed\": true", "\"managed\": " + written));

        assertThatThrownBy(() -> AvroJson.read(json, EnvironmentChanged.class)).hasMessageEndingWith("was " + written);
    }

    @Test
    void whatIsPublishedReadsBackFromWhatIsShownOfIt() {
        for (var publication : new RandomDomain(1).publications()) {
            var record = OutputCodec.write(publication).orElseThrow();
            assertThat(AvroJson.read(AvroJson.write(record), record.getClass())).isEqualTo(record);
        }
    }

    @ParameterizedTest
    @CsvSource({"1.0", "9223372036854775808", "'\"1\"'"})
    void aRevisionIsAWholeNumberOf64Bits(String written) {
        var json = AvroJson.write(new RandomDomain(1)
                .publications().stream()
                        .map(publication -> OutputCodec.write(publication).orElseThrow())
                        .filter(EncryptionDecision.class::isInstance)
                        .findFirst()
                        .orElseThrow());
        json.set("revision", json(written));

        assertThatThrownBy(() -> AvroJson.read(json, EncryptionDecision.class))
                .isInstanceOf(JsonRefusedException.class)
                .hasMessageStartingWith("EncryptionDecision.revision: expected a whole number (64 bits), was ");
    }

    @Test
    void aRecordIsWrittenInSchemaOrderWithIsoTimesAndWithoutNullsAndListsThatAreEmptyByDefault() {
        var snapshot = AvroJson.read(json(SNAPSHOT), EnvironmentChanged.class);

        assertThat(AvroJson.write(snapshot)).hasToString("""
                        {"eventId":"e1","tenantId":"t1","occurredAt":"2026-03-01T10:00:00Z","source":"",\
                        "environmentId":"env1","type":"SANDBOX","managed":true,"lifecycle":"ACTIVE",\
                        "runtimeEnabled":true,"cloudFlows":{"count":2,"oldestCreatedAt":"2025-01-01T00:00:00Z"},\
                        "desktopFlows":{"count":0},"nonOAuthConnections":0,\
                        "hostedMachineGroups":[{"groupId":"g1","provisionedAt":"2026-03-01T10:00:00Z"}],\
                        "hostedMachines":0}""");
    }

    @Test
    void anEmptyListWithoutADefaultIsWritten() {
        var report = AvroJson.read(json("""
                        {"eventId": "e1", "tenantId": "t1", "occurredAt": 0, "environmentId": "env1",
                         "component": "DATAVERSE", "phase": "RUNNING", "items": [], "complete": true, "parts": ["p"]}
                        """), EnforcementReported.class);

        assertThat(AvroJson.write(report)).hasToString("""
                        {"eventId":"e1","tenantId":"t1","occurredAt":"1970-01-01T00:00:00Z","source":"",\
                        "environmentId":"env1","component":"DATAVERSE","part":"","phase":"RUNNING","items":[],\
                        "complete":true,"failedCount":0,"parts":["p"]}""");
    }

    @Test
    void aDecisionWithoutEnforcementIsWrittenAsBeforeThereWasAny() {
        var decision = new RandomDomain(1)
                .publications().stream()
                        .map(publication -> OutputCodec.write(publication).orElseThrow())
                        .filter(EncryptionDecision.class::isInstance)
                        .map(EncryptionDecision.class::cast)
                        .findFirst()
                        .orElseThrow();
        var withoutLists = EncryptionDecision.newBuilder(decision)
                .setEnforcement(List.of())
                .setRetainUntil(List.of())
                .build();

        assertThat(AvroJson.write(withoutLists).fieldNames())
                .toIterable()
                .contains("retainUntil")
                .endsWith("ruleProfile", "cause");
    }

    @Test
    void whatIsWrittenReadsBackAsTheSameRecord() {
        var snapshot = AvroJson.read(json(SNAPSHOT), EnvironmentChanged.class);

        assertThat(AvroJson.read(AvroJson.write(snapshot), EnvironmentChanged.class))
                .isEqualTo(snapshot);
    }

    @Test
    void aGenericRecordWritesLikeAGeneratedOne() {
        var snapshot = AvroJson.read(json(SNAPSHOT), EnvironmentChanged.class);
        var schema = SchemaFiles.parse("event/EnvironmentChanged.avsc");
        var flows = new GenericData.Record(schema.getField("cloudFlows").schema());
        flows.put("count", 2);
        flows.put("oldestCreatedAt", Instant.parse("2025-01-01T00:00:00Z").toEpochMilli());
        flows.put("cannotMigrate", List.of());

        assertThat(AvroJson.write(flows)).isEqualTo(AvroJson.write(snapshot.getCloudFlows()));
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
