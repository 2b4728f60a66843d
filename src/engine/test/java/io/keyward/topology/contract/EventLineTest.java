package io.keyward.topology.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.avro.json.JsonRefusedException;
import io.keyward.client.Topic;
import io.keyward.event.TenantLimitChanged;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which event lines are valid, and the error messages for invalid ones.
class EventLineTest {

    private static final String VALUE =
            "\"value\": {\"eventId\": \"e1\", \"tenantId\": \"t1\", \"occurredAt\": 0, \"environmentLimit\": 30}";

    @ParameterizedTest
    @ValueSource(strings = {"tenant-limit-changed", "cmk.tenant-limit-changed", "eu.prod.tenant-limit-changed"})
    void aTopicIsNamedWithOrWithoutPrefix(String topic) {
        var line = EventLine.parse("{\"topic\": \"" + topic + "\", " + VALUE + "}");

        assertThat(line.topic()).isEqualTo(Topic.TENANT_LIMIT_CHANGED);
        assertThat(line.value()).containsInstanceOf(TenantLimitChanged.class);
    }

    @Test
    void theKeyIsTheTenantAndTheTimestampOpenUnlessTheLineSaysOtherwise() {
        var line = EventLine.parse("{\"topic\": \"tenant-limit-changed\", " + VALUE + "}");

        assertThat(line.key()).contains("t1");
        assertThat(line.timestamp()).isEmpty();
        assertThat(line.occurredAt()).contains(Instant.EPOCH);
    }

    @Test
    void aLineMayNameKeyAndTimestamp() {
        var line = EventLine.parse("{\"topic\": \"tenant-limit-changed\", \"key\": \"k\","
                + " \"timestamp\": \"2026-03-01T10:00:00Z\", " + VALUE + "}");

        assertThat(line.key()).contains("k");
        assertThat(line.timestamp()).contains(Instant.parse("2026-03-01T10:00:00Z"));
    }

    @Test
    void aKeyOfNullIsARecordWithoutKey() {
        assertThat(EventLine.parse("{\"topic\": \"tenant-limit-changed\", \"key\": null, " + VALUE + "}")
                        .key())
                .isEmpty();
    }

    @Test
    void aValueOfNullIsARecordWithoutValue() {
        var line = EventLine.parse("{\"topic\": \"key-rotated\", \"key\": \"t1\", \"value\": null}");

        assertThat(line.value()).isEmpty();
        assertThat(line.occurredAt()).isEmpty();
        assertThat(line.key()).contains("t1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"topic": "warnings", "value": {}}   | topic: expected one of policy-applied, policy-removed, key-rotated, key-revoked, key-restored, key-expiring, environment-changed, tenant-limit-changed, enforcement-reported, time-reached, tenant-erased, was "warnings"
            {"topic": null, "value": {}}         | topic: expected one of policy-applied, policy-removed, key-rotated, key-revoked, key-restored, key-expiring, environment-changed, tenant-limit-changed, enforcement-reported, time-reached, tenant-erased, was null
            {"topic": "key-rotated"}             | value: is missing; expected {"topic": …, "value": …}
            {"value": {}}                        | topic: is missing; expected {"topic": …, "value": …}
            {"topic": "key-rotated", "value": 1} | KeyRotated: expected an object with the fields of KeyRotated, was 1
            {"topic": "key-rotated", "value": null, "key": 1} | key: expected a string or null, was 1
            {"topic": "key-rotated", "value": null, "timestamp": "now"} | timestamp: expected a time such as 2026-03-01T10:00:00Z or epoch milliseconds, not before 1970, was "now"
            {"topic": "key-rotated", "value": null, "timestamp": -1} | timestamp: expected a time such as 2026-03-01T10:00:00Z or epoch milliseconds, not before 1970, was -1
            {"topic": "key-rotated", "values": 1} | values: is not a member of the event line; did you mean value?
            {"topic": "key-rotated", "topic": "key-revoked"} | event line: not valid JSON at column 33: Duplicate field 'topic'
            {"topic": "key-rotated" "value": null}  | event line: not valid JSON at column 25: Unexpected character ('"' (code 34)): was expecting comma to separate Object entries
            [1]                                  | event line: expected {"topic": …, "value": …}, was [1]
            """)
    void aWrongLineIsRefusedWithTheReason(String line, String message) {
        assertThatThrownBy(() -> EventLine.parse(line))
                .isInstanceOf(JsonRefusedException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "{\"topic\": \"key-rotated\", \"value\": null} {}", "{"})
    void whatIsNotOneJsonObjectIsRefused(String line) {
        assertThatThrownBy(() -> EventLine.parse(line)).isInstanceOf(JsonRefusedException.class);
    }
}
