package io.keyward.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.client.Topic;
import io.keyward.domain.decision.Publication;
import io.keyward.event.PolicyRemoved;
import io.keyward.registry.GenuineClasses;
import io.keyward.registry.ValueReader;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.RegistryRefusalException;
import io.keyward.registry.client.RegistrySettings;
import io.keyward.registry.client.RegistryUnavailableException;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.registry.external.ExternalSerde;
import io.keyward.registry.wire.UnreadableException;
import io.keyward.registry.wire.WrongSchemaException;
import io.keyward.sandbox.EmbeddedSchemaRegistry;
import io.keyward.topology.contract.TopicSchemas;
import io.keyward.topology.contract.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests Confluent's original classes behind the product's interfaces, with the sandbox's registry. The classes
/// of 7.0.1 are always tested, those of the Maven profile `confluent` only if they are on the classpath.
@ParameterizedClass
@MethodSource("serdes")
class ExternalSerdeTest {
    /// Gets the schema as the product's own classes do, so that Avro trusts the generated classes.
    private static final List<Schema> EXPECTED = List.of(GeneratedClasses.data().getSchema(PolicyRemoved.class));

    private static final String OF_THE_PROFILE = "io.confluent.kafka.streams.serdes.avro.SpecificAvroSerde";
    private static final PolicyRemoved EVENT = PolicyRemoved.newBuilder()
            .setEventId("e1")
            .setTenantId("contoso")
            .setOccurredAt(Instant.parse("2026-03-01T09:00:00Z"))
            .setEnvironmentId("hr")
            .setPolicyId("p1")
            .build();

    private final EmbeddedSchemaRegistry server = EmbeddedSchemaRegistry.start(Optional.empty(), "127.0.0.1", 0);
    private final Map<String, String> settings = Map.of(
            "url",
            server.url().toString(),
            "retries.deadline.ms",
            "30000",
            "max.retries",
            "2",
            "retries.wait.ms",
            "10");
    private final SchemaRegistry registry = SchemaRegistry.connect(RegistrySettings.of(settings), new RegistryHealth());
    private final ValueSerde own = ValueSerde.own(registry, SerializerSettings.DEFAULT);
    private final RegistryHealth health = new RegistryHealth();
    private final ExternalSerde foreign;

    ExternalSerdeTest(String className) {
        foreign = load(className, settings);
    }

    static Stream<String> serdes() {
        return Stream.concat(Stream.of(GenuineClasses.SERDE), ofTheProfile().stream());
    }

    private static Optional<String> ofTheProfile() {
        try {
            return Optional.of(Class.forName(OF_THE_PROFILE).getName());
        } catch (ClassNotFoundException withoutTheProfile) {
            return Optional.empty();
        }
    }

    private ExternalSerde load(String className, Map<String, String> names) {
        var loaded = new ExternalSerde[1];
        GenuineClasses.within(() -> loaded[0] = ExternalSerde.load(className, names, health));
        return loaded[0];
    }

    @AfterEach
    void stop() {
        foreign.close();
        own.close();
        server.close();
    }

    private static byte[] written(ValueSerde serde) {
        return serde.writer().serialize("removed", new RecordHeaders(), EVENT);
    }

    private static Object read(ValueSerde serde, byte[] value) {
        return decode(serde.reader(EXPECTED), value);
    }

    private static Object decode(ValueReader reader, byte[] value) {
        return reader.decode("removed", new RecordHeaders(), value).value();
    }

    @Test
    void eachReadsWhatTheOtherWrites() {
        assertThat(read(foreign, written(own))).isEqualTo(EVENT);
        assertThat(read(own, written(foreign))).isEqualTo(EVENT);
    }

    @Test
    void bothWriteTheSameBytesUnderTheSameSchema() {
        assertThat(written(foreign)).isEqualTo(written(own));
        assertThat(registry.latestOf("removed-value").version()).isEqualTo(1);
    }

    @Test
    void bothWriteTheSameBytesOfAPublication() {
        for (Publication publication : new RandomDomain(1).publications()) {
            String topic = Topics.of(publication).baseName();
            assertThat(new PublicationWriter(foreign).bytes(topic, new RecordHeaders(), publication))
                    .isEqualTo(new PublicationWriter(own).bytes(topic, new RecordHeaders(), publication));
        }
    }

    @Test
    void eachReadsAPublicationIntoTheClassOfTheKit() {
        List<Schema> outputs = Topic.withSchema(Topic.Direction.OUT).stream()
                .map(TopicSchemas::schema)
                .toList();
        for (Publication publication : new RandomDomain(1).publications()) {
            String topic = Topics.of(publication).baseName();
            byte[] value = new PublicationWriter(own).bytes(topic, new RecordHeaders(), publication);
            Object expected = decode(own.reader(outputs), value);
            assertThat(expected).isInstanceOf(SpecificRecord.class);
            assertThat(decode(foreign.reader(outputs), value))
                    .hasSameClassAs(expected)
                    .hasToString(expected.toString());
        }
    }

    @Test
    void whatANewerProducerAddsIsReadOver() {
        var newer = new Schema.Parser()
                .parse(PolicyRemoved.getClassSchema()
                        .toString()
                        .replaceFirst("\\{\"name\":\"policyId\"", "{\"name\":\"owner\",\"type\":\"string\"},$0"));
        var sent = new GenericRecordBuilder(newer)
                .set("eventId", "e1")
                .set("tenantId", "contoso")
                .set("occurredAt", EVENT.getOccurredAt())
                .set("owner", "somebody")
                .set("environmentId", "hr")
                .set("policyId", "p1")
                .build();
        var value = own.writer().serialize("removed", new RecordHeaders(), sent);

        assertThat(read(foreign, value)).isEqualTo(EVENT);
    }

    @Test
    void anUnknownSchemaIdAndMalformedBytesAreUnreadable() {
        var unknown = written(own);
        ByteBuffer.wrap(unknown).putInt(1, 77);
        var cutOff = Arrays.copyOf(written(own), 8);

        assertThatThrownBy(() -> read(foreign, unknown))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("schema id 77");
        assertThatThrownBy(() -> read(foreign, cutOff)).isInstanceOf(UnreadableException.class);
        assertThatThrownBy(() -> read(foreign, new byte[] {1, 2, 3})).isInstanceOf(UnreadableException.class);
        assertThat(health.problem()).isEmpty();
    }

    @Test
    void aSchemaWithoutAClassIsWrong() {
        var unrelated = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"Unrelated\",\"fields\":[]}");
        var value =
                own.writer().serialize("unrelated", new RecordHeaders(), new GenericRecordBuilder(unrelated).build());

        assertThatThrownBy(() -> read(foreign, value)).isInstanceOf(WrongSchemaException.class);
    }

    @Test
    void aRegistryThatDoesNotAnswerIsWaitedForAndNoFaultOfTheRecord() {
        var value = written(own);
        server.close();

        assertThatThrownBy(() -> read(foreign, value)).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> written(foreign)).isInstanceOf(RegistryUnavailableException.class);
        assertThat(health.problem()).isPresent();
        assertThat(health.failures()).isGreaterThan(2);
    }

    @Test
    void aSchemaThatTheRegistryWillNotHaveIsRefused() {
        var other = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Other\",\"fields\":[{\"name\":\"n\",\"type\":\"int\"}]}");
        registry.register("removed-value", other);

        assertThatThrownBy(() -> written(foreign))
                .isInstanceOfSatisfying(
                        RegistryRefusalException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RegistryRefusalException.INCOMPATIBLE_SCHEMA));
    }
}
