package io.keyward.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyward.domain.event.Event;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/// Tests that a record is read as an event of its topic's schema, or refused.
class EventReaderTest {
    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerializer serializer = new AvroSerializer(registry, SerializerSettings.DEFAULT);
    private final EventReader reader = new EventReader(ValueSerde.own(registry, SerializerSettings.DEFAULT));
    private final List<Event> events = new RandomDomain(1).events();

    @Test
    void eachEventIsReadFromWhatATopicOfItsSchemaCarries() {
        assertThat(events)
                .allSatisfy(event -> assertThat(read(EventWriter.write(event, ""), schemaOf(event)))
                        .isEqualTo(event));
    }

    @Test
    void noEventIsReadFromATopicOfAnotherSchema() {
        for (Event event : events) {
            for (Event other : events) {
                if (!schemaOf(event).equals(schemaOf(other))) {
                    assertRefused(EventWriter.write(event, ""), schemaOf(other), schemaOf(event));
                }
            }
        }
    }

    @Test
    void anOutputIsNotAnEvent() {
        SpecificRecord output =
                OutputCodec.write(new RandomDomain(1).publications().getFirst()).orElseThrow();
        assertRefused(
                output, "io.keyward.event.PolicyApplied", output.getSchema().getFullName());
    }

    @Test
    void whatIsNotAvroIsUnreadable() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> reader.read(
                        "t", new byte[] {1}, new RecordHeaders(), "io.keyward.event.KeyRevoked", Instant.MIN))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(RefusalCode.UNREADABLE));
    }

    private void assertRefused(SpecificRecord value, String expected, String found) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> read(value, expected))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(RefusalCode.WRONG_SCHEMA);
                    assertThat(refused.detail()).contains(found);
                });
    }

    private Event read(SpecificRecord value, String expected) {
        return reader.read("t", serializer.serialize("t", value), new RecordHeaders(), expected, Instant.MIN);
    }

    private static String schemaOf(Event event) {
        return EventWriter.write(event, "").getSchema().getFullName();
    }
}
