package io.keyward.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.avro.json.AvroJson;
import io.keyward.client.Topic;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.RefusedException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests docs/contract.md, "Refusal codes": a refusal names the invalid field of an event by its path in the
/// schema.
class RefusedFieldsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant MIN_TIME = Instant.parse("2015-01-01T00:00:00Z");

    private static final Map<String, String> GOOD = Map.of(
            "policy-applied",
            "{'environmentId': 'e', 'policyId': 'p',"
                    + " 'key': {'vaultUri': 'https://v', 'keyName': 'k', 'keyVersion': '1'}}",
            "policy-removed",
            "{'environmentId': 'e', 'policyId': 'p'}",
            "environment-changed",
            "{'environmentId': 'e', 'type': 'PRODUCTION', 'managed': true, 'lifecycle': 'ACTIVE',"
                    + " 'cloudFlows': {'count': 2, 'oldestCreatedAt': 5, 'newestCreatedAt': 5,"
                    + " 'cannotMigrate': ['f0', 'f1', 'f2']},"
                    + " 'desktopFlows': {'count': 2, 'oldestCreatedAt': 5, 'newestCreatedAt': 5, 'cannotMigrate': ['f0']},"
                    + " 'flowMigration': {'state': 'DONE', 'startedAt': 5, 'finishedAt': 5},"
                    + " 'hostedMachineGroups': [{'groupId': 'g0', 'provisionedAt': 0},"
                    + " {'groupId': 'g1', 'provisionedAt': 0}, {'groupId': 'g2', 'provisionedAt': 0}]}",
            "tenant-limit-changed",
            "{'environmentLimit': 3}",
            "key-rotated",
            "{'vaultUri': 'https://v', 'keyName': 'k', 'newVersion': '2', 'previousVersion': '1', 'expiresAt': 0}",
            "key-revoked",
            "{'vaultUri': 'https://v', 'keyName': 'k', 'keyVersion': '1', 'cause': 'KEY_DISABLED'}",
            "key-restored",
            "{'vaultUri': 'https://v', 'keyName': 'k', 'keyVersion': '1'}",
            "key-expiring",
            "{'vaultUri': 'https://v', 'keyName': 'k', 'keyVersion': '1', 'expiresAt': 0}",
            "enforcement-reported",
            "{'environmentId': 'e', 'component': 'DATAVERSE', 'part': 'p1', 'phase': 'RUNNING',"
                    + " 'items': [{'key': {'vaultUri': 'https://v', 'keyName': 'k', 'keyVersion': '1'}, 'count': 1},"
                    + " {'count': 0}, {'key': {'vaultUri': 'https://v', 'keyName': 'k', 'keyVersion': '1'}, 'count': 1}],"
                    + " 'complete': true, 'failedCount': 0, 'failed': [{'itemId': 'i', 'reason': 'r'}],"
                    + " 'parts': ['p1', '', 'p2']}");

    static Stream<String> topics() {
        return GOOD.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void theEventsAreGoodUntilTheyAreSpoilt(String topic) {
        assertThat(EventCodec.read(record(topic, good(topic)))).isNotNull();
    }

    @Test
    void everyInputTopicIsTried() {
        assertThat(topics())
                .containsExactlyInAnyOrderElementsOf(
                        Topic.inputs().stream().map(Topic::baseName).toList());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyEventNamesItsEventAndItsTenant(String topic) {
        assertRefused(topic, "eventId", "'a/b'", "INVALID_ID");
        assertRefused(topic, "tenantId", "' '", "INVALID_ID");
    }

    @ParameterizedTest(name = "{0}: {1} = {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            policy-applied       | environmentId                  | 'a/b'          | INVALID_ID
            policy-applied       | policyId                       | ''             | INVALID_ID
            policy-applied       | key.vaultUri                   | 'not a uri'    | INVALID_FIELD
            policy-applied       | key.keyName                    | 'k1 '          | INVALID_FIELD
            policy-applied       | key.keyVersion                 | 'v/1'          | INVALID_FIELD
            policy-removed       | environmentId                  | 'a/b'          | INVALID_ID
            policy-removed       | policyId                       | ''             | INVALID_ID
            environment-changed  | environmentId                  | 'a/b'          | INVALID_ID
            environment-changed  | cloudFlows.count               | -1             | INVALID_FIELD
            environment-changed  | cloudFlows.newestCreatedAt     | 4              | INVALID_FIELD
            environment-changed  | desktopFlows.count             | -1             | INVALID_FIELD
            environment-changed  | desktopFlows.newestCreatedAt   | 4              | INVALID_FIELD
            environment-changed  | cloudFlows.onMicrosoftManagedKey   | -1         | INVALID_FIELD
            environment-changed  | cloudFlows.onMicrosoftManagedKey   | 3          | INVALID_FIELD
            environment-changed  | cloudFlows.cannotMigrate[0]        | ''         | INVALID_ID
            environment-changed  | cloudFlows.cannotMigrate[2]        | 'a/b'      | INVALID_ID
            environment-changed  | desktopFlows.onMicrosoftManagedKey | 3          | INVALID_FIELD
            environment-changed  | desktopFlows.cannotMigrate[0]      | ' '        | INVALID_ID
            environment-changed  | flowMigration.finishedAt       | 4              | INVALID_FIELD
            environment-changed  | nonOAuthConnections            | -1             | INVALID_FIELD
            environment-changed  | hostedMachines                 | -1             | INVALID_FIELD
            environment-changed  | hostedMachineGroups[0].groupId | ' '            | INVALID_ID
            environment-changed  | hostedMachineGroups[2].groupId | 'a/b'          | INVALID_ID
            tenant-limit-changed | environmentLimit               | -1             | INVALID_FIELD
            key-rotated          | vaultUri                       | 'http://v'     | INVALID_FIELD
            key-rotated          | keyName                        | ''             | INVALID_FIELD
            key-rotated          | newVersion                     | 'v_1'          | INVALID_FIELD
            key-rotated          | previousVersion                | ''             | INVALID_FIELD
            key-revoked          | vaultUri                       | 'https://v/a'  | INVALID_FIELD
            key-revoked          | keyName                        | 'k/1'          | INVALID_FIELD
            key-revoked          | keyVersion                     | ' 1'           | INVALID_FIELD
            key-restored         | vaultUri                       | 'https://v?x'  | INVALID_FIELD
            key-restored         | keyName                        | 'k.1'          | INVALID_FIELD
            key-restored         | keyVersion                     | '\\u0131'      | INVALID_FIELD
            key-expiring         | vaultUri                       | 'https://u@v'  | INVALID_FIELD
            key-expiring         | keyName                        | 'k\\n'         | INVALID_FIELD
            key-expiring         | keyVersion                     | ''             | INVALID_FIELD
            enforcement-reported | environmentId                  | 'a/b'          | INVALID_ID
            enforcement-reported | component                      | 'UNKNOWN'      | INVALID_FIELD
            enforcement-reported | part                           | 'a/b'          | INVALID_ID
            enforcement-reported | part                           | ' '            | INVALID_ID
            enforcement-reported | items[0].key.vaultUri          | 'http://v'     | INVALID_FIELD
            enforcement-reported | items[0].key.keyName           | 'k_1'          | INVALID_FIELD
            enforcement-reported | items[0].key.keyVersion        | null           | INVALID_FIELD
            enforcement-reported | items[0].key.keyVersion        | ''             | INVALID_FIELD
            enforcement-reported | items[0].count                 | -1             | INVALID_FIELD
            enforcement-reported | items[1].count                 | -1             | INVALID_FIELD
            enforcement-reported | items[2].key.keyVersion        | null           | INVALID_FIELD
            enforcement-reported | items[2].key.keyVersion        | 'v/1'          | INVALID_FIELD
            enforcement-reported | items[2].count                 | 9223372036854775807 | INVALID_FIELD
            enforcement-reported | failedCount                    | -1             | INVALID_FIELD
            enforcement-reported | parts[0]                       | ' '            | INVALID_ID
            enforcement-reported | parts[2]                       | 'a/b'          | INVALID_ID
            """)
    void aFieldIsNamedByItsPath(String topic, String path, String bad, String code) {
        assertRefused(topic, path, bad, code);
    }

    /// Every time of every event, by its topic and its path.
    static Stream<Arguments> times() {
        return topics().flatMap(topic -> times("", good(topic)).map(path -> Arguments.of(topic, path)));
    }

    private static Stream<String> times(String path, JsonNode node) {
        return Stream.concat(
                node.properties().stream()
                        .flatMap(field -> field.getKey().endsWith("At")
                                ? Stream.of(path + field.getKey())
                                : times(path + field.getKey() + ".", field.getValue())),
                IntStream.range(0, node.isArray() ? node.size() : 0)
                        .boxed()
                        .flatMap(i -> times(path.replaceFirst("\\.$", "[" + i + "]."), node.get(i))));
    }

    @Test
    void everyTimeIsTried() {
        assertThat(times().map(time -> (String) time.get()[1]).distinct())
                .containsExactlyInAnyOrder(
                        "occurredAt",
                        "expiresAt",
                        "cloudFlows.oldestCreatedAt",
                        "cloudFlows.newestCreatedAt",
                        "desktopFlows.oldestCreatedAt",
                        "desktopFlows.newestCreatedAt",
                        "flowMigration.startedAt",
                        "flowMigration.finishedAt",
                        "hostedMachineGroups[0].provisionedAt",
                        "hostedMachineGroups[1].provisionedAt",
                        "hostedMachineGroups[2].provisionedAt");
    }

    @ParameterizedTest
    @MethodSource("times")
    void anEarlyTimeIsNamedByItsPath(String topic, String path) {
        var value = good(topic);
        times("", good(topic))
                .forEach(time -> set(
                        value,
                        time,
                        time.matches("(cloudFlows|desktopFlows|flowMigration)\\..*") ? "null" : "1420070400000"));
        set(value, path, "1420070400000");
        assertThat(EventCodec.read(record(topic, value), MIN_TIME)).isNotNull();

        set(value, path, "1420070399999");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> EventCodec.read(record(topic, value), MIN_TIME))
                .withMessage(path + " is 2014-12-31T23:59:59.999Z, which is before 2015-01-01T00:00:00Z; expected a"
                        + " later time, in milliseconds since 1970-01-01T00:00:00Z.")
                .satisfies(refused -> assertThat(refused.code()).hasToString("INVALID_FIELD"));
    }

    @ParameterizedTest
    @CsvSource({
        "1420070400, 2015-01-01T00:00:00Z",
        "1795972009, 2026-11-29T17:06:49Z",
        "4575743999, 2114-12-31T23:59:59Z",
        "1420070399, ''",
        "4575744000, ''",
        "1400000000000, ''",
        "-1795972009, ''",
    })
    void itIsSaidOfATimeThatItLooksLikeSeconds(String number, String meant) {
        var value = good("key-revoked");
        set(value, "occurredAt", number);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> EventCodec.read(record("key-revoked", value), MIN_TIME))
                .withMessageEndingWith(
                        meant.isEmpty()
                                ? "expected a later time, in milliseconds since 1970-01-01T00:00:00Z."
                                : "It looks like seconds: in milliseconds it would be " + meant + ".");
    }

    @Test
    void tooManyGroupsAreNamedTogether() {
        var value = good("environment-changed");
        var groups = (ArrayNode) value.path("hostedMachineGroups");
        var group = groups.get(0);
        while (groups.size() <= 1_000) {
            groups.add(group);
        }
        assertRefused("environment-changed", value, "hostedMachineGroups", "INVALID_FIELD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cloudFlows", "desktopFlows"})
    void tooManyFlowIdsAreNamedTogether(String flows) {
        var value = good("environment-changed");
        var ids = ((ObjectNode) value.path(flows)).putArray("cannotMigrate");
        while (ids.size() < 10) {
            ids.add("f" + ids.size());
        }
        assertThat(EventCodec.read(record("environment-changed", value))).isNotNull();

        ids.add("f10");
        assertRefused("environment-changed", value, flows + ".cannotMigrate", "INVALID_FIELD");
    }

    @ParameterizedTest
    @CsvSource({"items, 64", "failed, 100", "parts, 64"})
    void tooManyEntriesOfAReportAreNamedTogether(String field, int most) {
        var value = good("enforcement-reported");
        var entries = (ArrayNode) value.path(field);
        while (entries.size() < most) {
            entries.add(entries.get(0));
        }
        assertThat(EventCodec.read(record("enforcement-reported", value))).isNotNull();

        entries.add(entries.get(0));
        assertRefused("enforcement-reported", value, field, "INVALID_FIELD");
    }

    @Test
    void aSumOfCountsMayBeAnyLong() {
        var value = good("enforcement-reported");
        ((ObjectNode) value.at("/items/2")).put("count", Long.MAX_VALUE - 1);

        assertThat(EventCodec.read(record("enforcement-reported", value)))
                .isInstanceOfSatisfying(
                        Event.EnforcementReported.class,
                        event -> assertThat(event.report().items())
                                .extracting(EnforcementReport.Items::count)
                                .containsExactly(Long.MAX_VALUE));
    }

    private static void assertRefused(String topic, String path, String bad, String code) {
        var value = good(topic);
        set(value, path, bad);
        assertRefused(topic, value, path, code);
    }

    private static void set(ObjectNode value, String path, String json) {
        var pointer = "/" + path.replace("[", "/").replace("]", "").replace('.', '/');
        var last = pointer.lastIndexOf('/');
        var parent = value.at(pointer.substring(0, last));
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(pointer.substring(last + 1)), json(json));
        } else {
            ((ObjectNode) parent).set(pointer.substring(last + 1), json(json));
        }
    }

    private static void assertRefused(String topic, ObjectNode value, String path, String code) {
        var spoilt = record(topic, value);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> EventCodec.read(spoilt))
                .satisfies(refused -> {
                    assertThat(refused.code()).hasToString(code);
                    assertThat(refused.detail()).startsWith(path + " ").endsWith(".");
                });
    }

    private static ObjectNode good(String topic) {
        var value = (ObjectNode) json(GOOD.get(topic));
        return value.put("eventId", "e1").put("tenantId", "t1").put("occurredAt", 0);
    }

    private static SpecificRecord record(String topic, JsonNode value) {
        return AvroJson.read(
                value,
                Topic.ofBaseName(topic)
                        .flatMap(Topic::valueSchema)
                        .flatMap(GeneratedClasses::record)
                        .orElseThrow());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
