package io.keyward.registry.client;

import static io.keyward.registry.client.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyward.registry.Ticks;
import io.keyward.registry.client.ScriptedServer.Asked;
import io.keyward.registry.client.ScriptedServer.Step;
import io.keyward.testing.process.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSchemaRegistryTest {
    private static final String TICK_REPLY =
            "{\"schema\":\"" + Ticks.SCHEMA.toString().replace("\"", "\\\"") + "\"}";

    private static HttpSchemaRegistry client(String urls, String... settings) {
        Map<String, String> names = new HashMap<>(Map.of("schema.registry.url", urls, "max.retries", "0"));
        for (int i = 0; i < settings.length; i += 2) {
            names.put(settings[i], settings[i + 1]);
        }
        return new HttpSchemaRegistry(RegistrySettings.of(names), new RegistryHealth());
    }

    @Test
    void registersASchemaAsConfluentsClientDoes() {
        try (ScriptedServer server = new ScriptedServer(reply(200, "{\"id\":7}"));
                HttpSchemaRegistry registry = client(server.url())) {
            assertThat(registry.register("a/b c-value", Schema.create(Schema.Type.STRING)))
                    .isEqualTo(7);

            assertThat(server.asked())
                    .containsExactly(new Asked(
                            "POST /subjects/a%2Fb%20c-value/versions", "null", "{\"schema\":\"\\\"string\\\"\"}"));
        }
    }

    @Test
    void asksForNormalizationWhereThatIsSet() {
        try (ScriptedServer server = new ScriptedServer(reply(200, "{\"id\":7}"), reply(200, "{\"id\":7}"));
                HttpSchemaRegistry registry = client(server.url(), "normalize.schemas", "true")) {
            registry.register("s", Ticks.SCHEMA);
            registry.idOf("s", Ticks.SCHEMA);

            assertThat(server.asked())
                    .extracting(Asked::request)
                    .containsExactly("POST /subjects/s/versions?normalize=true", "POST /subjects/s?normalize=true");
        }
    }

    @Test
    void everyRequestCarriesTheHeadersThatAreAskedFor() {
        try (ScriptedServer server = new ScriptedServer(exchange -> {
                    assertThat(exchange.getRequestHeaders().get("X-Tenant")).containsExactly("us");
                    reply(200, TICK_REPLY).answer(exchange);
                });
                HttpSchemaRegistry registry = client(server.url(), "request.header.X-Tenant", "us")) {
            assertThat(registry.schemaOf(1)).isEqualTo(Ticks.SCHEMA);
        }
    }

    @Test
    void goesThroughTheProxy() {
        try (ScriptedServer proxy = new ScriptedServer(reply(200, TICK_REPLY));
                HttpSchemaRegistry registry = client(
                        "http://registry.invalid:8081",
                        "proxy.host",
                        "127.0.0.1",
                        "proxy.port",
                        Integer.toString(URI.create(proxy.url()).getPort()))) {
            assertThat(registry.schemaOf(1)).isEqualTo(Ticks.SCHEMA);

            assertThat(proxy.asked())
                    .extracting(Asked::request)
                    .containsExactly("GET http://registry.invalid:8081/schemas/ids/1");
        }
    }

    @Test
    void readsRepliesThatHoldTheLeast() {
        UUID guid = new UUID(0, 1);
        try (ScriptedServer server = new ScriptedServer(
                        reply(200, TICK_REPLY),
                        reply(200, TICK_REPLY),
                        reply(200, TICK_REPLY.replace("{\"schema", "{\"id\":3,\"version\":2,\"schema")));
                HttpSchemaRegistry registry = client(server.url())) {
            assertThat(registry.schemaOf(3)).isEqualTo(Ticks.SCHEMA);
            assertThat(registry.schemaOf(new SchemaId.Guid(guid))).isEqualTo(Ticks.SCHEMA);
            assertThat(registry.latestOf("s")).isEqualTo(new SchemaVersion("s", 2, 3, Ticks.SCHEMA));

            assertThat(server.asked())
                    .extracting(Asked::request)
                    .containsExactly(
                            "GET /schemas/ids/3", "GET /schemas/guids/" + guid, "GET /subjects/s/versions/latest");
        }
    }

    @Test
    void fetchesReferencedTypesFirst() {
        String outer = "{\"schema\":\"{\\\"type\\\":\\\"array\\\",\\\"items\\\":\\\"test.Tick\\\"}\",\"references\":"
                + "[{\"name\":\"test.Tick\",\"subject\":\"tick\",\"version\":4}]}";
        try (ScriptedServer server = new ScriptedServer(reply(200, outer), reply(200, TICK_REPLY));
                HttpSchemaRegistry registry = client(server.url())) {
            assertThat(registry.schemaOf(1)).isEqualTo(Schema.createArray(Ticks.SCHEMA));

            assertThat(server.asked().getLast().request()).isEqualTo("GET /subjects/tick/versions/4?deleted=true");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404, 40403, '{\"error_code\":40403,\"message\":\"Schema 7 not found\"}'",
        "404, 40401, '{\"error_code\":40401,\"message\":\"no such subject\"}'",
        "409, 409, '{\"error_code\":409,\"message\":\"incompatible\"}'",
        "409, 40901, '{\"error_code\":40901,\"message\":\"incompatible\"}'",
        "409, 409, '<html>'",
        "422, 42201, '{\"error_code\":42201,\"message\":\"invalid\"}'",
        "422, 422, ''"
    })
    void aDefiniteNoIsARefusal(int status, int code, String body) {
        try (ScriptedServer server = new ScriptedServer(reply(status, body));
                HttpSchemaRegistry registry = client(server.url())) {
            RegistryRefusalException refusal =
                    catchThrowableOfType(RegistryRefusalException.class, () -> registry.schemaOf(7));

            assertThat(refusal.code()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 407, 408, 429, 500, 502, 503, 504})
    void whatSettlesNothingIsUnavailability(int status) {
        try (ScriptedServer server = new ScriptedServer(reply(status, "<html>busy</html>"));
                HttpSchemaRegistry registry = client(server.url())) {
            assertThatThrownBy(() -> registry.schemaOf(7))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContainingAll(server.url(), "HTTP " + status)
                    .message()
                    .matches(text -> text.contains("basic.auth.user.info") == (status == 401 || status == 403));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 408, 429, 500, 503})
    void aCodeInTheBodyDoesNotMakeTheseDefinite(int status) {
        try (ScriptedServer server = new ScriptedServer(reply(status, "{\"error_code\":40403,\"message\":\"?\"}"));
                HttpSchemaRegistry registry = client(server.url())) {
            assertThatThrownBy(() -> registry.schemaOf(7)).isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>welcome</html>", "{", "null", "[]", "{}", "{\"schema\":7}", "\"text\""})
    void aGoodStatusWithNonsenseIsUnavailability(String body) {
        try (ScriptedServer server = new ScriptedServer(reply(200, body), reply(200, body));
                HttpSchemaRegistry registry = client(server.url())) {
            assertThatThrownBy(() -> registry.schemaOf(7)).isInstanceOf(RegistryUnavailableException.class);
            assertThatThrownBy(() -> registry.register("s", Ticks.SCHEMA))
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax\"}", "{\"schema\":\"no schema\"}"})
    void aSchemaThatIsNotAvroIsARefusal(String body) {
        try (ScriptedServer server = new ScriptedServer(reply(200, body));
                HttpSchemaRegistry registry = client(server.url())) {
            RegistryRefusalException refusal =
                    catchThrowableOfType(RegistryRefusalException.class, () -> registry.schemaOf(7));

            assertThat(refusal.deniesSchema()).isTrue();
        }
    }

    @Test
    void aServerThatNeverAnswersIsUnavailable() {
        assertTimesOut(ScriptedServer::hang);
    }

    @Test
    void aServerThatStopsInTheMiddleOfAnAnswerIsUnavailable() {
        assertTimesOut(ScriptedServer.stallAfterHeaders());
    }

    private static void assertTimesOut(Step step) {
        try (ScriptedServer server = new ScriptedServer(step);
                HttpSchemaRegistry registry = client(server.url(), "http.read.timeout.ms", "50")) {
            assertThatThrownBy(() -> registry.schemaOf(7))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("50 ms");
        }
    }

    @Test
    void aPortWithoutListenerIsUnavailable() throws IOException {
        try (HttpSchemaRegistry registry = client("http://localhost:" + FreePorts.one())) {
            assertThatThrownBy(() -> registry.schemaOf(7))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("cannot be reached");
        }
    }

    @Test
    void theNextUrlIsAskedWhenOneFailsAndStaysPreferred() throws IOException {
        try (ScriptedServer broken = new ScriptedServer(reply(503, ""));
                ScriptedServer sound = new ScriptedServer(reply(200, TICK_REPLY), reply(200, TICK_REPLY));
                HttpSchemaRegistry registry =
                        client("http://localhost:" + FreePorts.one() + ", " + broken.url() + "/," + sound.url())) {
            assertThat(registry.schemaOf(1)).isEqualTo(Ticks.SCHEMA);
            assertThat(registry.schemaOf(2)).isEqualTo(Ticks.SCHEMA);

            assertThat(broken.asked()).hasSize(1);
            assertThat(sound.asked()).hasSize(2);
        }
    }

    @Test
    void aRefusalIsNotTakenToAnotherUrl() {
        try (ScriptedServer first = new ScriptedServer(reply(404, "{\"error_code\":40403}"));
                ScriptedServer second = new ScriptedServer();
                HttpSchemaRegistry registry = client(first.url() + "," + second.url())) {
            assertThatThrownBy(() -> registry.schemaOf(7)).isInstanceOf(RegistryRefusalException.class);

            assertThat(second.asked()).isEmpty();
        }
    }

    @Test
    void showsBasicCredentials() {
        try (ScriptedServer server = new ScriptedServer(reply(200, TICK_REPLY), reply(200, TICK_REPLY));
                HttpSchemaRegistry named = client(
                        server.url(),
                        "basic.auth.credentials.source",
                        "USER_INFO",
                        "basic.auth.user.info",
                        "user:pass:word");
                HttpSchemaRegistry inUrl = client(server.url().replace("//", "//user:pass%3Aword@"))) {
            named.schemaOf(1);
            inUrl.schemaOf(1);

            assertThat(server.asked()).extracting(Asked::authorization).containsOnly("Basic dXNlcjpwYXNzOndvcmQ=");
        }
    }

    @Test
    void showsABearerToken() {
        try (ScriptedServer server = new ScriptedServer(reply(200, TICK_REPLY));
                HttpSchemaRegistry registry = client(
                        server.url(),
                        "bearer.auth.credentials.source",
                        "STATIC_TOKEN",
                        "bearer.auth.token",
                        "token-1")) {
            registry.schemaOf(1);

            assertThat(server.asked()).extracting(Asked::authorization).containsExactly("Bearer token-1");
        }
    }

    @Test
    void afterARefusalItShowsTheCredentialsThatHoldByThen() {
        try (ScriptedServer server =
                new ScriptedServer(reply(401, ""), reply(401, ""), reply(200, TICK_REPLY), reply(200, TICK_REPLY))) {
            Map<String, Object> settings = new HashMap<>(Map.of(
                    "schema.registry.url", server.url(),
                    "max.retries", "0",
                    "bearer.auth.credentials.source", "STATIC_TOKEN",
                    "bearer.auth.token", "old"));
            RegistrySettings old = RegistrySettings.of(settings);
            try (HttpSchemaRegistry registry = new HttpSchemaRegistry(
                    old.renewedBy(() -> RegistrySettings.of(settings).connection()), new RegistryHealth())) {
                assertThatThrownBy(() -> registry.schemaOf(1)).isInstanceOf(RegistryUnavailableException.class);
                settings.put("bearer.auth.token", "new");
                assertThatThrownBy(() -> registry.schemaOf(1)).isInstanceOf(RegistryUnavailableException.class);
                registry.schemaOf(1);
                settings.remove("bearer.auth.token");
                registry.schemaOf(2);

                assertThat(server.asked())
                        .extracting(Asked::authorization)
                        .containsExactly("Bearer old", "Bearer old", "Bearer new", "Bearer new");
            }
        }
    }

    @Test
    void whatCannotBeUsedLeavesTheCredentialsBefore() {
        try (ScriptedServer server = new ScriptedServer(reply(503, ""), reply(200, TICK_REPLY))) {
            RegistrySettings old = RegistrySettings.of(
                    Map.of("schema.registry.url", server.url().replace("//", "//u:p@"), "max.retries", "0"));
            try (HttpSchemaRegistry registry = new HttpSchemaRegistry(
                    old.renewedBy(() -> RegistrySettings.of(Map.of()).connection()), new RegistryHealth())) {
                assertThatThrownBy(() -> registry.schemaOf(1))
                        .isInstanceOf(RegistryUnavailableException.class)
                        .hasSuppressedException(
                                new IllegalArgumentException(
                                        "schema.registry.url is missing: expected one or more http(s) URLs, separated by commas"));
                registry.schemaOf(1);
                assertThat(server.asked()).extracting(Asked::authorization).containsOnly("Basic dTpw");
            }
        }
    }

    @Test
    void tellsWhatConflicts() {
        try (ScriptedServer server = new ScriptedServer(
                        reply(200, "{\"is_compatible\":false,\"messages\":[\"a\",\"b\"]}"),
                        reply(200, "{\"is_compatible\":true}"),
                        reply(404, "{\"error_code\":40401,\"message\":\"no subject\"}"),
                        reply(200, "{\"is_compatible\":false}"));
                HttpSchemaRegistry registry = client(server.url())) {
            assertThat(registry.conflicts("s", Ticks.SCHEMA)).containsExactly("a", "b");
            assertThat(registry.conflicts("s", Ticks.SCHEMA)).isEmpty();
            assertThat(registry.conflicts("s", Ticks.SCHEMA)).isEmpty();
            assertThat(registry.conflicts("s", Ticks.SCHEMA)).hasSize(1);
        }
    }

    @Test
    void comparesWithTheLatestWhereAllCannotBeAsked() {
        try (ScriptedServer server = new ScriptedServer(
                        reply(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}"),
                        reply(200, "{\"is_compatible\":true}"));
                HttpSchemaRegistry registry = client(server.url())) {
            assertThat(registry.conflicts("s", Ticks.SCHEMA)).isEmpty();

            assertThat(server.asked().getLast().request())
                    .isEqualTo("POST /compatibility/subjects/s/versions/latest?verbose=true");
        }
    }

    @Test
    void readsAndSetsTheLevel() {
        try (ScriptedServer server = new ScriptedServer(
                        reply(200, "{\"compatibilityLevel\":\"FULL\"}"),
                        reply(404, "{\"error_code\":40401}"),
                        reply(200, "{\"compatibilityLevel\":\"NONE\"}"),
                        reply(200, "{\"compatibility\":\"FULL_TRANSITIVE\"}"),
                        reply(200, "{}"));
                HttpSchemaRegistry registry = client(server.url())) {
            assertThat(registry.levelOf("s")).isEqualTo(CompatibilityLevel.FULL);
            assertThat(registry.levelOf("s")).isEqualTo(CompatibilityLevel.NONE);
            registry.setLevel("s", CompatibilityLevel.FULL_TRANSITIVE);
            assertThatThrownBy(() -> registry.levelOf("s")).isInstanceOf(RegistryUnavailableException.class);

            assertThat(server.asked())
                    .extracting(Asked::request)
                    .containsExactly(
                            "GET /config/s?defaultToGlobal=true",
                            "GET /config/s?defaultToGlobal=true",
                            "GET /config",
                            "PUT /config/s",
                            "GET /config/s?defaultToGlobal=true");
        }
    }

    @Test
    void anInterruptEndsTheCall() {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::hang);
                HttpSchemaRegistry registry = client(server.url())) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> registry.schemaOf(7)).isInstanceOf(RegistryUnavailableException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
