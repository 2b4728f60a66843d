package io.keyward.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.registry.client.CompatibilityLevel;
import io.keyward.registry.client.HttpSchemaRegistry;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.RegistryRefusalException;
import io.keyward.registry.client.RegistrySettings;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SchemaVersion;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.testing.Apicurio;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.pulsar.kafka.shade.avro.generic.GenericData;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.apache.pulsar.kafka.shade.io.confluent.kafka.serializers.KafkaAvroSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests the client and the serde with Apicurio Registry, which supports Confluent's API.
class ApicurioInterop {
    private static final Schema INCOMPATIBLE =
            SchemaBuilder.record("Tick").fields().requiredInt("b").endRecord();

    private static Apicurio server;
    private static HttpSchemaRegistry client;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = Apicurio.start(folder);
        client = new HttpSchemaRegistry(RegistrySettings.of(Map.of("url", server.url())), new RegistryHealth());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void whatIsRegisteredIsFoundInEveryWay() {
        int id = client.register("found-value", Ticks.SCHEMA);

        assertThat(client.register("found-value", Ticks.SCHEMA)).isEqualTo(id);
        assertThat(client.idOf("found-value", Ticks.SCHEMA)).isEqualTo(id);
        assertThat(client.schemaOf(id)).isEqualTo(Ticks.SCHEMA);
        assertThat(client.latestOf("found-value")).isEqualTo(new SchemaVersion("found-value", 1, id, Ticks.SCHEMA));
    }

    @Test
    void whatIsMissingIsRefusedWithItsCode() {
        client.register("known-value", Ticks.SCHEMA);

        assertRefused(RegistryRefusalException.SCHEMA_NOT_FOUND, () -> client.schemaOf(9_999));
        assertRefused(RegistryRefusalException.SUBJECT_NOT_FOUND, () -> client.latestOf("unknown-value"));
        assertRefused(RegistryRefusalException.SCHEMA_NOT_FOUND, () -> client.idOf("known-value", INCOMPATIBLE));
    }

    @Test
    void levelsRuleWhatConflicts() {
        client.setLevel("ruled-value", CompatibilityLevel.FULL_TRANSITIVE);
        client.register("ruled-value", Ticks.SCHEMA);

        assertThat(client.levelOf("ruled-value")).isEqualTo(CompatibilityLevel.FULL_TRANSITIVE);
        assertThat(client.conflicts("ruled-value", Ticks.WITH_VENUE)).isEmpty();
        assertThat(client.conflicts("ruled-value", INCOMPATIBLE)).isNotEmpty();
        assertThat(client.conflicts("new-value", INCOMPATIBLE)).isEmpty();
        assertRefused(RegistryRefusalException.INCOMPATIBLE_SCHEMA, () -> client.register("ruled-value", INCOMPATIBLE));
    }

    @Test
    void confluentsGenuineSerdeAndOursReadEachOther() {
        Map<String, String> settings = Map.of("schema.registry.url", server.url());
        try (SchemaRegistry registry = SchemaRegistry.connect(RegistrySettings.of(settings), new RegistryHealth());
                KafkaAvroSerializer theirSerializer = new KafkaAvroSerializer();
                KafkaAvroDeserializer theirDeserializer = new KafkaAvroDeserializer()) {
            theirSerializer.configure(settings, false);
            theirDeserializer.configure(settings, false);
            byte[] ours = new AvroSerializer(registry, SerializerSettings.DEFAULT).serialize("ticks", Ticks.tick());
            GenericData.Record read = (GenericData.Record) theirDeserializer.deserialize("ticks", ours);
            byte[] theirs = theirSerializer.serialize("ticks", read);

            assertThat(theirs).isEqualTo(ours);
            assertThat(AvroDeserializer.generic(registry)
                            .decode("t", new RecordHeaders(), theirs)
                            .value())
                    .isEqualTo(Ticks.tick());
        }
    }

    private static void assertRefused(int code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        RegistryRefusalException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
