package io.keyward.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.RegistrySettings;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.sandbox.EmbeddedSchemaRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.pulsar.kafka.shade.avro.Schema;
import org.apache.pulsar.kafka.shade.avro.generic.GenericData;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.schemaregistry.CompatibilityLevel;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tests Confluent's original serializer, deserializer and client with ours and with the embedded registry.
class GenuineSerdeTest {
    private final EmbeddedSchemaRegistry server = EmbeddedSchemaRegistry.start(Optional.empty(), "127.0.0.1", 0);
    private final Map<String, String> configuration =
            Map.of("schema.registry.url", server.url().toString());
    private final SchemaRegistry registry =
            SchemaRegistry.connect(RegistrySettings.of(configuration), new RegistryHealth());

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private static Schema genuine(org.apache.avro.Schema schema) {
        return new Schema.Parser().parse(schema.toString());
    }

    private static GenericData.Record genuineTick() {
        GenericData.Record tick = new GenericData.Record(genuine(Ticks.SCHEMA));
        tick.put("sym", "ABC");
        tick.put("px", 1.5);
        tick.put("ts", 1L);
        return tick;
    }

    @Test
    void weReadWhatTheyWrite() {
        try (KafkaAvroSerializer theirs = new KafkaAvroSerializer()) {
            theirs.configure(configuration, false);
            byte[] payload = theirs.serialize("ticks", genuineTick());

            assertThat(AvroDeserializer.generic(registry).deserialize("ticks", payload))
                    .isEqualTo(Ticks.tick());
        }
    }

    @Test
    void theyReadWhatWeWrite() {
        try (KafkaAvroDeserializer theirs = new KafkaAvroDeserializer()) {
            theirs.configure(configuration, false);
            byte[] payload = new AvroSerializer(registry, SerializerSettings.DEFAULT).serialize("ticks", Ticks.tick());

            assertThat(theirs.deserialize("ticks", payload))
                    .hasToString(genuineTick().toString());
        }
    }

    @Test
    void bothWriteTheSameBytesUnderTheSameId() {
        try (KafkaAvroSerializer theirs = new KafkaAvroSerializer()) {
            theirs.configure(configuration, false);

            assertThat(new AvroSerializer(registry, SerializerSettings.DEFAULT).serialize("ticks", Ticks.tick()))
                    .isEqualTo(theirs.serialize("ticks", genuineTick()));
        }
    }

    @Test
    void theirNewerFieldsAreSkippedByUs() {
        GenericData.Record newer = new GenericData.Record(genuine(Ticks.WITH_VENUE));
        newer.put("venue", "XETR");
        newer.put("sym", "ABC");
        newer.put("px", 1.5);
        newer.put("ts", 1L);
        try (KafkaAvroSerializer theirs = new KafkaAvroSerializer()) {
            theirs.configure(configuration, false);
            byte[] payload = theirs.serialize("ticks", newer);

            ValueReader.Decoded decoded = AvroDeserializer.specific(
                            registry, List.of(Ticks.SCHEMA), getClass().getClassLoader())
                    .decode("t", new RecordHeaders(), payload);

            assertThat((GenericRecord) decoded.value()).isEqualTo(Ticks.tick());
        }
    }

    @Test
    void theirClientUsesTheEmbeddedRegistry() throws Exception {
        CachedSchemaRegistryClient client =
                new CachedSchemaRegistryClient(server.url().toString(), 10);
        AvroSchema tick = new AvroSchema(Ticks.SCHEMA.toString());
        AvroSchema other = new AvroSchema("{\"type\":\"record\",\"name\":\"Other\",\"fields\":[]}");

        int id = client.register("ticks-value", tick);

        assertThat(client.getSchemaById(id)).isEqualTo(tick);
        assertThat(client.getVersion("ticks-value", tick)).isEqualTo(1);
        assertThat(client.getAllSubjects()).containsExactly("ticks-value");
        assertThat(client.getLatestSchemaMetadata("ticks-value").getSchema()).isEqualTo(tick.canonicalString());
        assertThat(client.getAllVersions("ticks-value")).containsExactly(1);
        assertThat(client.getByVersion("ticks-value", 1, false).getId()).isEqualTo(id);
        assertThat(client.getSchemaMetadata("ticks-value", 1).getId()).isEqualTo(id);
        assertThat(client.getId("ticks-value", tick)).isEqualTo(id);
        assertThatThrownBy(() -> client.register("ticks-value", other))
                .isInstanceOfSatisfying(RestClientException.class, refusal -> {
                    assertThat(refusal.getStatus()).isEqualTo(409);
                    assertThat(refusal.getErrorCode()).isEqualTo(409);
                });
        assertThat(client.updateCompatibility("ticks-value", CompatibilityLevel.NONE.name))
                .isEqualTo("NONE");
        assertThat(client.getCompatibility("ticks-value")).isEqualTo("NONE");
    }
}
