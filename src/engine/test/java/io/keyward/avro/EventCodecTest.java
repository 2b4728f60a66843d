package io.keyward.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyward.avro.json.AvroJson;
import io.keyward.decision.Cause;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import io.keyward.event.EnvironmentChanged;
import io.keyward.event.KeyExpiring;
import io.keyward.event.PolicyApplied;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests that events stay the same when they are written to records and read from them.
class EventCodecTest {

    static Stream<Long> seeds() {
        return RandomDomain.seeds();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyEventSurvivesItsRecord(long seed) {
        for (var event : new RandomDomain(seed).events()) {
            assertThat(EventCodec.read(AvroBytes.sent(EventWriter.write(event, ""))))
                    .as("seed %d", seed)
                    .isEqualTo(event);
        }
    }

    @Test
    void everySchemaOfAnEventHasItsEvent() {
        var schemas = new RandomDomain(1)
                .events().stream()
                        .map(event -> EventWriter.write(event, "").getSchema().getName())
                        .toList();

        assertThat(schemas)
                .containsExactlyInAnyOrderElementsOf(GeneratedClasses.eventSchemas().stream()
                        .map(Schema::getName)
                        .toList());
        assertThat(new RandomDomain(1).events()).extracting(Event::type).isEqualTo(schemas);
    }

    @Test
    void aPolicyIsReadFieldByField() {
        var value = event(PolicyApplied.class, """
                {"eventId": "e1", "tenantId": "t1", "occurredAt": "2026-03-01T10:00:00Z", "source": "admin-center",
                 "environmentId": "env1", "policyId": "p1",
                 "key": {"vaultUri": "https://v.vault.azure.net", "keyName": "k", "keyVersion": "v1"}}
                """);

        assertThat(EventCodec.read(value))
                .isEqualTo(new Event.PolicyApplied(
                        new TenantId("t1"),
                        new Stamp(Instant.parse("2026-03-01T10:00:00Z"), new EventId("e1")),
                        new EnvironmentId("env1"),
                        new PolicyId("p1"),
                        new KeyReference(
                                new KeyId("https://v.vault.azure.net", "k"), Optional.of(new KeyVersion("v1")))));
    }

    @Test
    void aSymbolThatIsNotKnownYetIsReadAsUnknown() {
        var value = event(EnvironmentChanged.class, """
                {"eventId": "e1", "tenantId": "t1", "occurredAt": 0, "environmentId": "env1", "type": "UNKNOWN",
                 "managed": true, "lifecycle": "UNKNOWN", "cloudFlows": {"count": 0}, "desktopFlows": {"count": 0}}
                """);

        assertThat(EventCodec.read(value))
                .isInstanceOfSatisfying(
                        Event.EnvironmentChanged.class,
                        event -> assertThat(event.snapshot().lifecycle()).isEqualTo(Lifecycle.UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource({
        "tenantId,      '',    INVALID_ID",
        "tenantId,      ' ',   INVALID_ID",
        "eventId,       a/b,   INVALID_ID",
        "environmentId, a/b,   INVALID_ID",
        "policyId,      '',    INVALID_ID",
    })
    void anInvalidIdentifierIsRefusedAndNamed(String field, String text, RefusalCode code) {
        var value = event(PolicyApplied.class, """
                {"eventId": "e1", "tenantId": "t1", "occurredAt": 0, "environmentId": "env1", "policyId": "p1",
                 "key": {"vaultUri": "https://v", "keyName": "k"}}
                """);
        value.put(value.getSchema().getField(field).pos(), text);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> EventCodec.read(value))
                .withMessageContaining(field)
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void anInvalidFieldIsRefusedAndNamed() {
        var value = event(KeyExpiring.class, """
                {"eventId": "e1", "tenantId": "t1", "occurredAt": 0, "vaultUri": "https://v", "keyName": "",
                 "keyVersion": "1", "expiresAt": 0}
                """);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> EventCodec.read(value))
                .withMessageContaining("keyName")
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.INVALID_FIELD));
    }

    /// The processor writes it for whatever it has stored. Refused, it would be written again and again.
    @Test
    void timeIsReachedHoweverLongAgo() {
        var reached = new Event.TimeReached(new TenantId("contoso"), Instant.EPOCH);

        assertThat(EventCodec.read(EventWriter.write(reached, ""), Instant.MAX)).isEqualTo(reached);
    }

    @Test
    void aRecordOfNoInputTopicIsRefused() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> EventCodec.read(new Cause("t", "e", Instant.EPOCH, "topic", 0, 0L)))
                .withMessage("io.keyward.decision.Cause is not an event; expected a record of an input topic.")
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.WRONG_SCHEMA));
    }

    private static <T extends SpecificRecord> T event(Class<T> type, String json) {
        try {
            return AvroJson.read(new JsonMapper().readTree(json), type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
