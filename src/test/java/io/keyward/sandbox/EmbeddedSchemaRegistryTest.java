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

    private Answer delete(String path) {
        return send("DELETE", path, "");
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
        assertThat(send("PUT", "/config", "{\"compatibility\":\"" + level + "\"}")
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
        assertThat(get("/schemas/ids/1/schema").body()).hasToString(V1);
        assertThat(get("/schemas/ids/1/subjects").body()).hasToString("[\"s\"]");
        assertThat(get("/schemas/ids/2/versions").body().path(0).path("version").asInt())
                .isEqualTo(2);
        assertThat(get("/schemas?latestOnly=true").body()).hasSize(1);
        assertThat(get("/schemas/types").body()).hasToString("[\"AVRO\"]");
        assertThat(get("/").body()).hasToString("{}");
        assertThat(get("/config").body()).hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(get("/mode").body()).hasToString("{\"mode\":\"READWRITE\"}");
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
        assertThat(get("/schemas/guids/" + guid + "/ids")
                        .body()
                        .path(0)
                        .path("id")
                        .asInt())
                .isEqualTo(1);
        refuses(get("/schemas/guids/no-such-guid"), 404, 40403);
    }

    @Test
    void whatIsMissingIsNamedByItsCode() {
        register("s", V1);

        refuses(get("/subjects/other/versions"), 404, 40401);
        refuses(get("/subjects/s/versions/7"), 404, 40402);
        refuses(get("/schemas/ids/7"), 404, 40403);
        refuses(get("/subjects/s/versions/zero"), 422, 42202);
        refuses(get("/config/s"), 404, 40408);
        refuses(get("/mode/s"), 404, 40409);
        refuses(get("/associations/subjects/s"), 404, 404);
        refuses(send("PATCH", "/subjects", ""), 405, 405);
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

        Answer answer = post("/compatibility/subjects/s/versions/latest?verbose=true", WITHOUT_DEFAULT);

        assertThat(answer.body().path("is_compatible").asBoolean()).isFalse();
        assertThat(answer.body().path("messages").toString()).contains("oldSchemaVersion: 1");
        assertThat(compatible("/compatibility/subjects/new/versions/latest", V1))
                .isTrue();
        refuses(post("/compatibility/subjects/s/versions/9", V1), 404, 40402);
    }

    @Test
    void aSubjectsLevelGoesBeforeTheCommonOne() {
        assertThat(send("PUT", "/config/s", "{\"compatibility\":\"none\"}").body())
                .hasToString("{\"compatibility\":\"NONE\"}");
        register("s", V1);
        register("s", WITHOUT_DEFAULT);

        assertThat(get("/config/s").body()).hasToString("{\"compatibilityLevel\":\"NONE\"}");
        assertThat(get("/config/t?defaultToGlobal=true").body()).hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(send("PUT", "/config/u", "{\"compatibilityLevel\":\"FULL\"}").body())
                .hasToString("{\"compatibility\":\"FULL\"}");
        assertThat(delete("/config/s").body()).hasToString("{\"compatibilityLevel\":\"NONE\"}");
        refuses(get("/config/s"), 404, 40408);
        refuses(send("PUT", "/config", "{\"compatibility\":\"SOME\"}"), 422, 42203);
    }

    @Test
    void aReadOnlySubjectTakesNothing() {
        send("PUT", "/mode/s", "{\"mode\":\"READONLY\"}");

        refuses(post("/subjects/s/versions", V1), 422, 42205);
        assertThat(get("/mode/s").body()).hasToString("{\"mode\":\"READONLY\"}");
        assertThat(delete("/mode/s").body()).hasToString("{\"mode\":\"READONLY\"}");
        register("s", V1);
        refuses(send("PUT", "/mode", "{\"mode\":\"ASLEEP\"}"), 422, 42204);
    }

    @Test
    void theCommonModeIsResetToo() {
        send("PUT", "/mode", "{\"mode\":\"READONLY\"}");
        refuses(post("/subjects/s/versions", V1), 422, 42205);

        assertThat(delete("/mode").body()).hasToString("{\"mode\":\"READONLY\"}");
        assertThat(get("/mode").body()).hasToString("{\"mode\":\"READWRITE\"}");
    }

    @Test
    void whatIsNotKeptIsRefusedInsteadOfForgotten() {
        refuses(send("PUT", "/config/s", "{\"compatibility\":\"FULL\",\"alias\":\"t\"}"), 422, 42205);
        refuses(get("/config/s"), 404, 40408);
    }

    @Test
    void listsAreGivenInPagesWhenAsked() {
        register("a", V1);
        register("b", V1);
        register("c", V1);

        assertThat(get("/subjects?offset=1&limit=1").body()).hasToString("[\"b\"]");
        assertThat(get("/subjects?offset=2").body()).hasToString("[\"c\"]");
        assertThat(get("/schemas?limit=2").body()).hasSize(2);
        assertThat(get("/schemas/ids/1/subjects?limit=0").body()).isEmpty();
    }

    @Test
    void theLatestVersionWithSomeMetadataIsFound() {
        for (String version : new String[] {"1", "2"}) {
            String body = "{\"schema\":%s,\"metadata\":{\"properties\":{\"app\":\"%s\",\"team\":\"a\"}}}"
                    .formatted(JSON.getNodeFactory().textNode(version.equals("1") ? V1 : WITH_DEFAULT), version);
            assertThat(send("POST", "/subjects/s/versions", body).status()).isEqualTo(200);
        }

        assertThat(version("/subjects/s/metadata?key=app&value=1")).isEqualTo(1);
        assertThat(version("/subjects/s/metadata?key=team&value=a")).isEqualTo(2);
        assertThat(version("/subjects/s/metadata?key=team&value=a&key=app&value=1"))
                .isEqualTo(1);
        refuses(get("/subjects/s/metadata?key=app&value=9"), 404, 40403);
        refuses(get("/subjects/other/metadata?key=app&value=1"), 404, 40401);
    }

    private int version(String path) {
        return get(path).body().path("version").asInt();
    }

    @Test
    void importedSchemasKeepTheirIds() {
        send("PUT", "/mode/s", "{\"mode\":\"IMPORT\"}");
        String body = JSON.createObjectNode()
                .put("schema", V1)
                .put("id", 77)
                .put("version", 5)
                .toString();

        assertThat(send("POST", "/subjects/s/versions", body).body().path("id").asInt())
                .isEqualTo(77);
        assertThat(get("/subjects/s/versions").body()).hasToString("[5]");
        refuses(post("/subjects/s/versions", V1), 422, 42205);
        refuses(send("POST", "/subjects/s/versions", body.replace("\\\"R\\\"", "\\\"Q\\\"")), 422, 42207);
        assertThat(register("t", EMPTY).path("id").asInt()).isEqualTo(78);
        refuses(send("POST", "/subjects/t/versions", body), 422, 42205);
        refuses(send("PUT", "/mode", "{\"mode\":\"IMPORT\"}"), 422, 42205);
    }

    @Test
    void deletedSubjectsAreOutOfSightUntilDeletedForGood() {
        register("s", V1);
        register("s", WITH_DEFAULT);
        refuses(delete("/subjects/s?permanent=true"), 404, 40405);

        assertThat(delete("/subjects/s").body()).hasToString("[1,2]");

        refuses(get("/subjects/s/versions"), 404, 40401);
        refuses(delete("/subjects/s"), 404, 40404);
        assertThat(get("/subjects").body()).hasToString("[]");
        assertThat(get("/subjects?deleted=true").body()).hasToString("[\"s\"]");
        assertThat(get("/subjects/s/versions?deleted=true").body()).hasToString("[1,2]");
        assertThat(get("/schemas/ids/1").status()).isEqualTo(200);
        assertThat(delete("/subjects/s?permanent=true").body()).hasToString("[1,2]");
        assertThat(get("/subjects?deleted=true").body()).hasToString("[]");
        refuses(get("/schemas/ids/1"), 404, 40403);
        refuses(delete("/subjects/s"), 404, 40401);
        assertThat(register("s", EMPTY).path("id").asInt()).isEqualTo(3);
    }

    @Test
    void deletedVersionsAreOutOfSightUntilDeletedForGood() {
        register("s", V1);
        register("s", WITH_DEFAULT);
        refuses(delete("/subjects/s/versions/1?permanent=true"), 404, 40407);

        assertThat(delete("/subjects/s/versions/1").body()).hasToString("1");
        assertThat(get("/subjects/s/versions?deletedAsNegative=true").body()).hasToString("[-1,2]");
        assertThat(get("/subjects/s/versions?deletedOnly=true").body()).hasToString("[1]");

        refuses(get("/subjects/s/versions/1"), 404, 40402);
        assertThat(get("/subjects/s/versions/1?deleted=true")
                        .body()
                        .path("deleted")
                        .asBoolean())
                .isTrue();
        refuses(delete("/subjects/s/versions/1"), 404, 40406);
        assertThat(delete("/subjects/s/versions/1?permanent=true").body()).hasToString("1");
        refuses(get("/subjects/s/versions/1?deleted=true"), 404, 40402);
        JsonNode again = register("s", V1);
        assertThat(again.path("version").asInt()).isEqualTo(3);
    }

    @Test
    void aDeletedSchemaComesBackWithItsId() {
        register("s", V1);
        delete("/subjects/s/versions/latest");

        JsonNode again = register("s", V1);

        assertThat(again.path("id").asInt()).isEqualTo(1);
        assertThat(again.path("version").asInt()).isEqualTo(2);
    }

    @Test
    void referencedTypesAreFoundAndKept() {
        register("inner", "{\"type\":\"record\",\"name\":\"Inner\",\"fields\":[]}");
        String outer = record("{\"name\":\"i\",\"type\":\"Inner\"}");
        String body = "{\"schema\":%s,\"references\":[{\"name\":\"Inner\",\"subject\":\"inner\",\"version\":1}]}"
                .formatted(JSON.getNodeFactory().textNode(outer));

        Answer registered = send("POST", "/subjects/outer/versions", body);

        assertThat(registered.status()).as(registered.body().toString()).isEqualTo(200);
        JsonNode read = get("/schemas/ids/2").body();
        assertThat(read.path("schema").asText()).isEqualTo(outer);
        assertThat(read.path("references").path(0).path("subject").asText()).isEqualTo("inner");
        assertThat(get("/subjects/inner/versions/1/referencedby").body()).hasToString("[2]");
        refuses(delete("/subjects/inner"), 422, 42206);
        refuses(delete("/subjects/inner/versions/1"), 422, 42206);
        refuses(post("/subjects/outer/versions", outer), 422, 42201);
        refuses(send("POST", "/subjects/outer/versions", body.replace(":1}", ":9}")), 422, 42201);
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
    void metadataMakeAnotherVersionAndComeBack() {
        register("s", V1);
        String body = "{\"schema\":%s,\"metadata\":{\"properties\":{\"owner\":\"keys\"}}}"
                .formatted(JSON.getNodeFactory().textNode(V1));

        assertThat(send("POST", "/subjects/s/versions", body)
                        .body()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
        assertThat(get("/subjects/s/versions/2")
                        .body()
                        .path("metadata")
                        .path("properties")
                        .path("owner")
                        .asText())
                .isEqualTo("keys");
    }

    @Test
    void subjectsMayHoldAnyCharacter() {
        register("a%2Fb%20%C3%A9", V1);

        assertThat(get("/subjects").body()).hasToString("[\"a/b é\"]");
        assertThat(get("/subjects/a%2Fb%20%C3%A9/versions").body()).hasToString("[1]");
        refuses(post("/subjects/%01/versions", V1), 422, 42208);
    }

    @Test
    void everythingOutlivesARestart(@TempDir Path folder) {
        restartIn(folder);
        register("s", V1);
        register("s", WITH_DEFAULT);
        register("gone", V1);
        delete("/subjects/gone");
        send("PUT", "/config/s", "{\"compatibility\":\"FULL\"}");

        restartIn(folder);

        assertThat(get("/subjects/s/versions").body()).hasToString("[1,2]");
        assertThat(get("/subjects?deletedOnly=true").body()).hasToString("[\"gone\"]");
        assertThat(get("/config/s").body()).hasToString("{\"compatibilityLevel\":\"FULL\"}");
        assertThat(register("t", EMPTY).path("id").asInt()).isEqualTo(3);
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
