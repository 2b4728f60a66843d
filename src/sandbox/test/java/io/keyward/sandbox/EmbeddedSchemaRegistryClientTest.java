package io.keyward.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.registry.client.CompatibilityLevel;
import io.keyward.registry.client.HttpSchemaRegistry;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.RegistryRefusalException;
import io.keyward.registry.client.RegistrySettings;
import io.keyward.registry.client.SchemaId;
import io.keyward.registry.client.SchemaVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tests the product's client against the embedded registry.
class EmbeddedSchemaRegistryClientTest {
    private static final Schema SCHEMA =
            SchemaBuilder.record("R").fields().requiredString("a").endRecord();
    private static final Schema INCOMPATIBLE =
            SchemaBuilder.record("R").fields().requiredInt("b").endRecord();

    private final EmbeddedSchemaRegistry server = EmbeddedSchemaRegistry.start(Optional.empty(), "127.0.0.1", 0);
    private final HttpSchemaRegistry client = new HttpSchemaRegistry(
            RegistrySettings.of(Map.of("schema.registry.url", server.url())), new RegistryHealth());

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void whatIsRegisteredIsFoundInEveryWay() throws IOException, InterruptedException {
        int id = client.register("s", SCHEMA);

        assertThat(client.idOf("s", SCHEMA)).isEqualTo(id);
        assertThat(client.schemaOf(id)).isEqualTo(SCHEMA);
        assertThat(client.schemaOf(new SchemaId.Guid(guid(id)))).isEqualTo(SCHEMA);
        assertThat(client.latestOf("s")).isEqualTo(new SchemaVersion("s", 1, id, SCHEMA));
    }

    private UUID guid(int id) throws IOException, InterruptedException {
        try (HttpClient plain = HttpClient.newHttpClient()) {
            String reply = plain.send(
                            HttpRequest.newBuilder(URI.create(server.url() + "/schemas/ids/" + id))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            Matcher guid = Pattern.compile("\"guid\":\"([^\"]+)\"").matcher(reply);
            assertThat(guid.find()).isTrue();
            return UUID.fromString(guid.group(1));
        }
    }

    @Test
    void whatIsMissingIsRefusedWithItsCode() {
        client.register("s", SCHEMA);

        assertRefused(RegistryRefusalException.SCHEMA_NOT_FOUND, () -> client.schemaOf(9));
        assertRefused(
                RegistryRefusalException.SCHEMA_NOT_FOUND, () -> client.schemaOf(new SchemaId.Guid(new UUID(0, 1))));
        assertRefused(RegistryRefusalException.SUBJECT_NOT_FOUND, () -> client.latestOf("other"));
        assertRefused(RegistryRefusalException.SCHEMA_NOT_FOUND, () -> client.idOf("s", INCOMPATIBLE));
        assertRefused(RegistryRefusalException.INCOMPATIBLE_SCHEMA, () -> client.register("s", INCOMPATIBLE));
    }

    private static void assertRefused(int code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        RegistryRefusalException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void levelsRuleWhatConflicts() {
        client.register("s", SCHEMA);
        assertThat(client.levelOf("s")).isEqualTo(CompatibilityLevel.BACKWARD);
        assertThat(client.conflicts("s", INCOMPATIBLE)).isNotEmpty();
        assertThat(client.conflicts("new", INCOMPATIBLE)).isEmpty();

        client.setLevel("s", CompatibilityLevel.NONE);

        assertThat(client.levelOf("s")).isEqualTo(CompatibilityLevel.NONE);
        assertThat(client.conflicts("s", INCOMPATIBLE)).isEmpty();
    }
}
