package io.keyward.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests the API over plain HTTP.
class EmbeddedSchemaRegistryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String V1 = record("{\"name\":\"a\",\"type\":\"string\"}");
    private static final String WITH_DEFAULT =
            record("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
    private static final String WITHOUT_DEFAULT =
            record("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"int\"}");
    private static final String EMPTY = record("");

    private final HttpClient client = HttpClient.newHttpClient();
    private EmbeddedSchemaRegistry registry = EmbeddedSchemaRegistry.start(Optional.empty(), "127.0.0.1", 0);

    @AfterEach
    void stop() {
        registry.close();
        client.close();
    }

    private static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}";
    }

    private record Answer(int status, JsonNode body) {
        int code() {
            return body.path("error_code").asInt();
        }
    }

    private Answer send(String method, String path, String body) {
        try {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(URI.create(registry.url() + path))
                            .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                            .build(),
                    BodyHandlers.ofByteArray());
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValue("application/vnd.schemaregistry.v1+json");
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private Answer get(String path) {
        return send("GET", path, "");
    }

    private Answer post(String path, String schema) {
        return send("POST", path, JSON.createObjectNode().put("schema", schema).toString());
    }

    private JsonNode register(String subject, String schema) {
        Answer answer = post("/subjects/" + subject + "/versions", schema);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private void refuses(Answer answer, int status, int code) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().path("message").asText()).isNotBlank();
    }

    private void level(String level) {
        assertThat(send("PUT", "/config/s", "{\"compatibility\":\"" + level + "\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aSchemaKeepsItsIdUnderEverySubject() {
        assertThat(register("s", V1).path("id").asInt()).isEqualTo(1);
        assertThat(register("s", V1).path("version").asInt()).isEqualTo(1);
        assertThat(register("t", V1).path("id").asInt()).isEqualTo(1);
        assertThat(register("s", WITH_DEFAULT).path("id").asInt()).isEqualTo(2);
    }

    @Test
    void whatWasRegisteredCanBeRead() {
        register("s", V1);
        register("s", WITH_DEFAULT);

        assertThat(get("/subjects").body()).hasToString("[\"s\"]");
        assertThat(get("/subjects/s/versions").body()).hasToString("[1,2]");
        assertThat(get("/subjects/s/versions/1").body().path("schema").asText()).isEqualTo(V1);
        assertThat(get("/subjects/s/versions/latest").body().path("version").asInt())
                .isEqualTo(2);
        assertThat(get("/subjects/s/versions/latest/schema").body()).hasToString(WITH_DEFAULT);
        assertThat(get("/schemas/ids/1").body().path("schema").asText()).isEqualTo(V1);
    }

    @Test
    void aSchemaIsLookedUpUnderItsSubject() {
        register("s", V1);

        assertThat(post("/subjects/s", V1).body().path("id").asInt()).isEqualTo(1);
        refuses(post("/subjects/s", WITH_DEFAULT), 404, 40403);
        refuses(post("/subjects/other", V1), 404, 40401);
    }

    @Test
    void aSchemaIsFoundByItsGuid() {
        String guid = register("s", V1).path("guid").asText();

        assertThat(get("/schemas/guids/" + guid).body().path("schema").asText()).isEqualTo(V1);
        refuses(get("/schemas/guids/no-such-guid"), 404, 40403);
    }

    @Test
    void whatIsMissingIsNamedByItsCode() {
        register("s", V1);

        refuses(get("/subjects/other/versions"), 404, 40401);
        refuses(get("/subjects/s/versions/7"), 404, 40402);
        refuses(get("/schemas/ids/7"), 404, 40403);
        refuses(get("/subjects/s/versions/zero"), 422, 42202);
        refuses(get("/schemas/ids/one"), 404, 404);
        refuses(get("/associations/subjects/s"), 404, 404);
        refuses(send("PATCH", "/subjects", ""), 404, 404);
    }

    @Test
    void whatIsNoAvroSchemaIsRefused() {
        refuses(post("/subjects/s/versions", "{\"type\":\"nonsense\"}"), 422, 42201);
        refuses(post("/subjects/s/versions", ""), 422, 42201);
        refuses(
                post("/subjects/s/versions", record("{\"name\":\"a\",\"type\":\"int\",\"default\":\"x\"}")),
                422,
                42201);
        refuses(send("POST", "/subjects/s/versions", "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}"), 422, 42201);
        refuses(send("POST", "/subjects/s/versions", "{not json"), 400, 400);
        refuses(send("POST", "/subjects/s/versions", ""), 422, 42201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"references\":[{\"name\":\"R\",\"subject\":\"r\",\"version\":1}]",
                "\"metadata\":{\"properties\":{\"app\":\"a\"}}",
                "\"ruleSet\":{\"domainRules\":[{\"name\":\"a\"}]}"
            })
    void whatIsNotKeptIsRefusedInsteadOfForgotten(String field) {
        refuses(send("POST", "/subjects/s/versions", "{\"schema\":\"\\\"int\\\"\"," + field + "}"), 422, 42201);
    }

    @Test
    void anIncompatibleSchemaIsRefused() {
        register("s", V1);

        Answer answer = post("/subjects/s/versions", WITHOUT_DEFAULT);

        refuses(answer, 409, 409);
        assertThat(answer.body().path("message").asText()).contains("READER_FIELD_MISSING_DEFAULT_VALUE", "BACKWARD");
    }

    @Test
    void transitiveLevelsLookAtEveryVersion() {
        level("NONE");
        register("s", EMPTY);
        register("s", WITHOUT_DEFAULT);

        level("BACKWARD");
        assertThat(compatible("/compatibility/subjects/s/versions", V1)).isTrue();
        level("BACKWARD_TRANSITIVE");
        assertThat(compatible("/compatibility/subjects/s/versions", V1)).isFalse();
        level("FORWARD");
        assertThat(compatible("/compatibility/subjects/s/versions", WITH_DEFAULT))
                .isTrue();
        assertThat(compatible("/compatibility/subjects/s/versions", V1)).isFalse();
        level("FORWARD_TRANSITIVE");
        assertThat(compatible("/compatibility/subjects/s/versions", WITH_DEFAULT))
                .isTrue();
        level("FULL");
        assertThat(compatible("/compatibility/subjects/s/versions", WITH_DEFAULT))
                .isTrue();
        level("FULL_TRANSITIVE");
        assertThat(compatible("/compatibility/subjects/s/versions", WITH_DEFAULT))
                .isFalse();
        level("NONE");
        assertThat(compatible("/compatibility/subjects/s/versions", V1)).isTrue();
    }

    private boolean compatible(String path, String schema) {
        return post(path, schema).body().path("is_compatible").asBoolean();
    }

    @Test
    void compatibilityIsExplainedWhenAsked() {
        register("s", V1);

        Answer answer = post("/compatibility/subjects/s/versions?verbose=true", WITHOUT_DEFAULT);

        assertThat(answer.body().path("is_compatible").asBoolean()).isFalse();
        assertThat(answer.body().path("messages").toString()).contains("oldSchemaVersion: 1");
        assertThat(compatible("/compatibility/subjects/new/versions", V1)).isTrue();
    }

    @Test
    void aSubjectHasALevelOfItsOwn() {
        assertThat(send("PUT", "/config/s", "{\"compatibility\":\"none\"}").body())
                .hasToString("{\"compatibility\":\"NONE\"}");
        register("s", V1);
        register("s", WITHOUT_DEFAULT);

        assertThat(get("/config/s").body()).hasToString("{\"compatibilityLevel\":\"NONE\"}");
        assertThat(get("/config/t?defaultToGlobal=true").body()).hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");
        refuses(send("PUT", "/config/s", "{\"compatibility\":\"SOME\"}"), 422, 42203);
    }

    @Test
    void spellingsBecomeOneWhereNormalizationIsAsked() {
        String one = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[],\"x\":1,\"y\":2}";
        String other = "{\"y\":2,\"x\":1,\"fields\":[],\"name\":\"R\",\"type\":\"record\"}";
        post("/subjects/s/versions?normalize=true", one);

        assertThat(post("/subjects/s?normalize=true", other).body().path("id").asInt())
                .isEqualTo(1);
        refuses(post("/subjects/s", other), 404, 40403);
    }

    @Test
    void subjectsMayHoldAnyCharacter() {
        register("a%2Fb%20%C3%A9", V1);

        assertThat(get("/subjects").body()).hasToString("[\"a/b é\"]");
        assertThat(get("/subjects/a%2Fb%20%C3%A9/versions").body()).hasToString("[1]");
    }

    @Test
    void everythingOutlivesARestart(@TempDir Path folder) {
        restartIn(folder);
        register("s", V1);
        register("s", WITH_DEFAULT);
        send("PUT", "/config/s", "{\"compatibility\":\"FULL\"}");

        restartIn(folder);

        assertThat(get("/subjects/s/versions").body()).hasToString("[1,2]");
        assertThat(get("/config/s").body()).hasToString("{\"compatibilityLevel\":\"FULL\"}");
        assertThat(register("t", EMPTY).path("id").asInt()).isEqualTo(3);
    }

    @Test
    void aFileOfAnEarlierReleaseIsRead(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("schemas.jsonl"), """
                {"change":"registered","subject":"s","version":1,"id":1,"content":{"schema":"\\"int\\"","references":[],"contract":{}}}
                {"change":"level-set","subject":"s","level":"NONE"}
                """);

        restartIn(folder);

        assertThat(get("/subjects/s/versions/latest/schema").body()).hasToString("\"int\"");
        assertThat(get("/config/s").body()).hasToString("{\"compatibilityLevel\":\"NONE\"}");
    }

    @Test
    void aLineCutShortByAKillNeverHappened(@TempDir Path folder) throws IOException {
        restartIn(folder);
        register("s", V1);
        registry.close();
        Files.writeString(
                folder.resolve("schemas.jsonl"), "{\"change\":\"registered\",\"sub", StandardOpenOption.APPEND);

        restartIn(folder);

        assertThat(register("s", WITH_DEFAULT).path("id").asInt()).isEqualTo(2);
        restartIn(folder);
        assertThat(get("/subjects/s/versions").body()).hasToString("[1,2]");
    }

    @Test
    void aDamagedFileIsNamed(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("schemas.jsonl"), "nonsense\n");

        assertThatThrownBy(() -> EmbeddedSchemaRegistry.start(Optional.of(folder), "127.0.0.1", 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("schemas.jsonl", "line 1");

        Files.writeString(folder.resolve("schemas.jsonl"), "");
        restartIn(folder);
    }

    @Test
    void aFolderHasOneRegistry(@TempDir Path folder) {
        restartIn(folder);

        assertThatThrownBy(() -> EmbeddedSchemaRegistry.start(Optional.of(folder), "127.0.0.1", 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another schema registry");
    }

    @Test
    void anOccupiedPortIsNamed() {
        assertThatThrownBy(() -> EmbeddedSchemaRegistry.start(
                        Optional.empty(), "127.0.0.1", registry.url().getPort()))
                .hasMessageContaining("127.0.0.1:" + registry.url().getPort());
    }

    private void restartIn(Path folder) {
        registry.close();
        registry = EmbeddedSchemaRegistry.start(Optional.of(folder), "127.0.0.1", 0);
    }
}
