package io.keyward.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.GeneratedClasses;
import io.keyward.cli.terminal.Terminal;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.id.TenantId;
import io.keyward.event.KeyRevoked;
import io.keyward.event.RevocationCause;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.testing.Program;
import io.keyward.testing.Run;
import io.keyward.testing.process.FreePorts;
import io.keyward.testing.process.Patience;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Records that nobody should write, of every kind, on every topic of the product: no process that reads them ends.
@Tag("full")
class ForeignRecordsIT {
    private static final String CONTOSO = "contoso";

    @TempDir
    Path folder;

    private final int ports = FreePorts.sevenInARow();

    @Test
    void nobodyWhoReadsThemEnds() throws Exception {
        // The burst looks systemic, but is meant.
        Map<String, String> environment = Map.of("KEYWARD_REFUSALS_RECORDS", "0");
        try (Program sandbox = Program.startIn(environment, folder, "sandbox", "sandbox", "--port-base", ports)) {
            sandbox.awaitOut("stays up until Ctrl-C");
            sendToEveryTopic();
            answer(0, "publish", removal());
            sandbox.awaitOut("contoso/sales-dev".concat(" ".repeat(9)).concat("MICROSOFT_MANAGED"));
            answer(0, "vault", "disable", "kv-contoso/hr");
            sandbox.awaitOut("key watch: KeyRevoked kv-contoso/hr");
            sandbox.awaitOut("CRITICAL KEY_REVOKED");
            // The console learns of decisions later than those who watch them.
            Patience.until(
                    "hr-prod is locked",
                    () -> answer(0, "explain", "contoso/hr-prod").out().contains("LOCKED"));
            Patience.until(
                    "sales-dev has no policy",
                    () -> answer(0, "explain", "contoso/sales-dev").out().contains("MICROSOFT_MANAGED"));
            assertThat(answer(1, "key", CONTOSO, "kv-contoso/hr").out()).contains("NOT SAFE");
            for (String question : List.of(
                    "environments/contoso/hr-prod",
                    "environments/contoso/hr-prod/timeline",
                    "tenants/fabrikam",
                    "deadlines",
                    "environments")) {
                assertThat(get("/api/v1/" + question).statusCode()).as(question).isEqualTo(200);
            }
            Run watched = answer(0, "watch", "--json", "--from-start", "--until-end");
            assertThat(watched.out()).contains("contoso/hr-prod", "UNREADABLE", "WRONG_SCHEMA", "INVALID_FIELD");
            assertThat(answer(0, "watch", "--from-start", "--until-end").out()).contains("contoso/hr-prod");
            // What stands under keys of outputs is not an output of ours, and that is a finding.
            assertThat(answer(1, "verify", "state").out()).contains("DIFFERS");
            assertThat(answer(0, "verify", "inputs").out()).contains("0 differences, 0 not verifiable");
            answer(0, "tenant", "export", CONTOSO, "--output", folder.resolve("exported"));
            answer(0, "tenant", "erase", CONTOSO, "--dry-run");
            answer(0, "tenant", "erase", CONTOSO, "--yes");
            assertThat(sandbox.terminate().exitCode()).isEqualTo(143);
            assertThat(sandbox.err()).doesNotContain("\tat ");
        }
    }

    private void sendToEveryTopic() {
        KeywardConfig config = config();
        TopicNames names = config.topics().names();
        try (SchemaRegistry registry = SchemaRegistry.connect(config.registrySettings(), new RegistryHealth());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", "127.0.0.1:" + ports),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (Topic topic : Topic.values()) {
                for (byte[] value : values(topic, registry)) {
                    for (byte[] key : keys()) {
                        var _ = producer.send(new ProducerRecord<>(names.name(topic), key, value));
                    }
                }
            }
            producer.flush();
        }
    }

    /// None, some that are none of the product's, and some that are.
    private static List<byte[]> keys() {
        List<byte[]> keys = new ArrayList<>();
        keys.add(null);
        keys.add(new byte[0]);
        keys.add(new byte[] {(byte) 0xff, 0, 1});
        Stream.of(
                        CONTOSO,
                        Erasure.sha256(new TenantId(CONTOSO)),
                        "/",
                        "contoso/\u0000/",
                        "contoso/hr-prod",
                        "contoso/hr-prod/KEY_REVOKED",
                        "contoso/hr-prod/TENANT_REPORTING",
                        "fabrikam//ENVIRONMENT_LIMIT_NEAR",
                        "foreign/hr")
                .forEach(key -> keys.add(key.getBytes(StandardCharsets.UTF_8)));
        return keys;
    }

    private static List<byte[]> values(Topic topic, SchemaRegistry registry) {
        AvroSerializer serializer = new AvroSerializer(registry, SerializerSettings.DEFAULT);
        byte[] revoked = serializer.serialize("key-revoked", revoked("https://kv-acme.vault.azure.net/keys/main"));
        List<byte[]> values = new ArrayList<>();
        values.add(null);
        values.add(new byte[0]);
        values.add("no Avro".getBytes(StandardCharsets.UTF_8));
        values.add(new byte[] {0, 0x7f, 0, 0, 1, 2});
        values.add(revoked);
        values.add(serializer.serialize("key-revoked", revoked("")));
        values.add(Arrays.copyOf(revoked, revoked.length / 2));
        values.add(serializer.serialize("odd", odd("com.example.Odd")));
        topic.valueSchema().map(GeneratedClasses::schema).ifPresent(schema -> {
            values.add(serializer.serialize("same-name-" + topic, odd(schema.getFullName())));
            IndexedRecord empty = empty(schema);
            values.add(serializer.serialize("empty-" + topic, empty));
            values.add(serializer.serialize("more-" + topic, withMap(empty)));
        });
        return values;
    }

    private static KeyRevoked revoked(String vault) {
        return new KeyRevoked("e", "acme", Instant.now(), "", vault, "main", null, RevocationCause.KEY_DISABLED);
    }

    /// A record whose types have no plain JSON.
    private static IndexedRecord odd(String name) {
        Schema schema = SchemaBuilder.record(name)
                .fields()
                .name("tenantId")
                .type()
                .map()
                .values()
                .doubleType()
                .noDefault()
                .endRecord();
        GenericData.Record odd = new GenericData.Record(schema);
        odd.put(0, Map.of("x", 1.5));
        return odd;
    }

    /// A record of that schema with nothing in it: empty texts, zeros, the first symbols and the beginning of time.
    private static IndexedRecord empty(Schema schema) {
        GenericData.Record empty = new GenericData.Record(schema);
        schema.getFields().forEach(field -> empty.put(field.pos(), emptyValue(field.schema())));
        return empty;
    }

    private static Object emptyValue(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> empty(schema);
            case UNION -> emptyValue(schema.getTypes().getFirst());
            case ARRAY -> List.of(emptyValue(schema.getElementType()));
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().getFirst());
            case STRING -> "";
            case BOOLEAN -> false;
            case INT -> 0;
            case LONG -> schema.getLogicalType() instanceof LogicalTypes.TimestampMillis ? Long.MIN_VALUE : 0L;
            case NULL -> null;
            default -> throw new IllegalArgumentException(schema.toString());
        };
    }

    /// The same record with one more field, as no release of ours writes one.
    private static IndexedRecord withMap(IndexedRecord record) {
        List<Schema.Field> fields = new ArrayList<>(record.getSchema().getFields().stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .toList());
        fields.add(new Schema.Field("more", Schema.createMap(Schema.create(Schema.Type.DOUBLE))));
        Schema schema = Schema.createRecord(record.getSchema().getFullName(), "", null, false, fields);
        GenericData.Record more = new GenericData.Record(schema);
        record.getSchema().getFields().forEach(field -> more.put(field.pos(), record.get(field.pos())));
        more.put("more", Map.of("x", 1.5));
        return more;
    }

    private KeywardConfig config() {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "keyward.kafka.bootstrap.servers", "127.0.0.1:" + ports,
                "keyward.registry.url", "http://127.0.0.1:" + (ports + 1)));
        return KeywardConfig.load(Optional.empty(), Map.of(), properties);
    }

    private Path removal() throws Exception {
        return Files.writeString(folder.resolve("removal.jsonl"), """
                {"topic":"policy-removed","value":{"eventId":"try-1","tenantId":"contoso","occurredAt":"%s",\
                "environmentId":"sales-dev","policyId":"cmk-sales"}}
                """.formatted(Instant.now()));
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + (ports + 4) + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private Run answer(int exitCode, Object... words) {
        List<String> arguments = Stream.concat(Stream.of(words), Stream.of("--port-base", ports))
                .map(Object::toString)
                .toList();
        Run run = Run.ofKeyward(Terminal.PLAIN, "", arguments);
        assertThat(run.exitCode()).as(arguments + run.out() + run.err()).isEqualTo(exitCode);
        return run;
    }
}
