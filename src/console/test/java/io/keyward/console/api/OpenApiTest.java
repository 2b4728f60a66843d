package io.keyward.console.api;

import static io.keyward.console.api.ConsoleHistory.ODD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.console.api.Description.Reply;
import io.keyward.domain.RuleProfile.Evidence;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `deploy/openapi.json` is a valid description, and the API keeps to it: each reply that it describes is called
/// for, and each reply is as it describes it.
class OpenApiTest {
    private static final String ENVIRONMENTS = "/api/v1/environments";
    private static final String SEARCH = "/api/v1/search";
    private static final String ENVIRONMENT = "/api/v1/environments/{tenant}/{environment}";
    private static final String TIMELINE = ENVIRONMENT + "/timeline";
    private static final String TENANT = "/api/v1/tenants/{tenant}";
    private static final String TENANTS = "/api/v1/tenants";
    private static final String KEYS = "/api/v1/keys";
    private static final String KEY = TENANT + "/keys/{vault}/{key}";
    private static final String DISABLE = KEY + "/disable";
    private static final String WHAT_IF = "/api/v1/whatif";
    private static final String DEADLINES = "/api/v1/deadlines";
    private static final String LOCKED = "/api/v1/locked";
    private static final String DESCRIPTION = "/openapi.json";

    @TempDir
    private static Path folder;

    private static ServedConsole console;
    private static Description description;

    private final SortedSet<Reply> called = new TreeSet<>();
    private final List<String> differences = new ArrayList<>();

    @BeforeAll
    static void serve() throws IOException {
        description = Description.read();
        console = new ServedConsole(folder, ConsoleHistory.NOW, Evidence.REPORT);
        console.replica().given(ConsoleHistory.events());
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void theDescriptionIsAnOpenApiDocument() throws IOException {
        assertThat(description.faults()).isEmpty();
    }

    @Test
    void theExamplesAreAsTheSchemasSay() {
        assertThat(description.wrongExamples()).isEmpty();
    }

    @Test
    void theDescriptionIsServedAsItIs() throws IOException {
        assertThat(Description.JSON.readTree(console.get(DESCRIPTION).body())).isEqualTo(description.document());
    }

    @Test
    void aComponentIsReturnedWithItsReportsAndItsProof() throws IOException {
        JsonNode answer = Description.JSON.readTree(
                console.get(environment("contoso", "sales")).body());
        JsonNode dataverse = answer.path("enforcement").path("components").get(0);
        assertThat(dataverse.path("status").asText()).isEqualTo("FAILED");
        assertThat(dataverse.path("desired").path("keyVersion").asText()).isEqualTo("v2");
        assertThat(dataverse.path("parts").findValuesAsText("part")).containsExactly("a", "b", "c");
        assertThat(dataverse.path("parts").get(1).path("latest").path("failed").findValuesAsText("itemId"))
                .containsExactly("table-7");
        assertThat(dataverse.path("unexpectedKeys").findValuesAsText("keyVersion"))
                .containsExactly("v0");
        JsonNode proof = answer.path("enforcement").path("components").get(1).path("proof");
        assertThat(proof.path("exact").asBoolean()).isTrue();
        assertThat(proof.path("cause").path("eventId").asText()).isEqualTo("reported-9CLOUD_FLOWS");
        assertThat(proof.path("cause").path("topic").asText()).isEqualTo("cmk.enforcement-reported");
        JsonNode timeline = Description.JSON.readTree(console.get(environment("contoso", "sales")
                        + "/timeline?limit=1&before=" + proof.path("before").asText())
                .body());
        assertThat(timeline.path("entries").get(0).path("value").path("revision"))
                .isEqualTo(proof.path("revision"));
    }

    @Test
    void everyReplyIsAsItIsDescribed() throws Exception {
        answers();
        badRequests();
        unknownNames();
        theBody();
        for (Reply reply : description.replies()) {
            anonymous(reply);
            withoutViews(reply);
            refusals(reply);
            knownAlready(reply);
        }
        assertThat(differences).isEmpty();
        assertThat(called).isEqualTo(description.replies());
    }

    private void answers() throws IOException {
        get(200, ENVIRONMENTS, ENVIRONMENTS);
        get(200, ENVIRONMENTS, ENVIRONMENTS + "?tenant=contoso&key=vault.example/cmk&limit=1&q=sa");
        get(200, ENVIRONMENTS + ".csv", ENVIRONMENTS + ".csv");
        get(200, ENVIRONMENTS, ENVIRONMENTS + "?state=locked&status=WARNING&warning=KEY_REVOKED");
        get(200, SEARCH, SEARCH + "?q=s&limit=200");
        get(200, SEARCH, SEARCH + "?q=key+revoked&kind=warning");
        for (String environment : List.of("sales", "flows", ODD, "swapped", "waiting", "plain")) {
            get(200, ENVIRONMENT, environment("contoso", environment));
            get(200, TIMELINE, environment("contoso", environment) + "/timeline?limit=200");
        }
        for (String environment : List.of("locked", "recoverable", "left", "deleted", "purged", "unknown")) {
            get(200, ENVIRONMENT, environment("fabrikam", environment));
            get(200, TIMELINE, environment("fabrikam", environment) + "/timeline?limit=1");
        }
        get(200, TENANT, "/api/v1/tenants/contoso");
        get(200, TENANT, "/api/v1/tenants/fabrikam");
        get(200, TENANTS, TENANTS + "?state=LOCKED&limit=1");
        get(200, TENANTS, TENANTS);
        get(200, KEYS, KEYS);
        get(200, KEYS, KEYS + "?tenant=fabrikam&vault=vault.example&standing=REVOKED&limit=1");
        for (String key : List.of("cmk", "other")) {
            get(200, KEY, key("contoso", key) + "?limit=2");
            get(200, DISABLE, key("contoso", key) + "/disable");
        }
        get(200, KEY, key("fabrikam", "second"));
        get(200, DISABLE, key("contoso", "cmk") + "/disable?version=v1&at=2026-03-09T00:00:00Z");
        get(200, DISABLE, key("contoso", "cmk") + "/disable?version=v1&at=2027-03-09");
        get(200, DEADLINES, DEADLINES);
        get(200, DEADLINES, DEADLINES + "?from=2026-03-01&before=2027-01-01&tenant=contoso&limit=1");
        get(200, DEADLINES + ".csv", DEADLINES + ".csv?kind=DELETION");
        get(200, LOCKED, LOCKED);
        get(200, LOCKED, LOCKED + "?tenant=fabrikam&limit=1");
        get(200, LOCKED + "/environments", LOCKED + "/environments?tenant=fabrikam&key=vault.example/cmk");
        get(200, LOCKED + "/environments.csv", LOCKED + "/environments.csv");
        get(200, DESCRIPTION, DESCRIPTION);
    }

    private void badRequests() throws IOException {
        get(400, ENVIRONMENTS, ENVIRONMENTS + "?limit=0");
        get(400, SEARCH, SEARCH);
        get(400, ENVIRONMENTS + ".csv", ENVIRONMENTS + ".csv?limit=1");
        get(400, ENVIRONMENT, environment("contoso", "sales") + "?x=1");
        get(400, TIMELINE, environment("contoso", "sales") + "/timeline?before=nonsense");
        get(400, TENANT, "/api/v1/tenants/contoso?limit=1");
        get(400, TENANTS, TENANTS + "?after=nonsense");
        get(400, KEYS, KEYS + "?vault=1.2.3.4");
        get(400, KEY, key("contoso", "no%20key"));
        get(400, DISABLE, key("contoso", "cmk") + "/disable?at=soon");
        get(400, DEADLINES, DEADLINES + "?after=nonsense");
        get(400, DEADLINES + ".csv", DEADLINES + ".csv?after=nonsense");
        get(400, LOCKED, LOCKED + "?after=nonsense");
        get(400, LOCKED + "/environments", LOCKED + "/environments?after=nonsense");
        get(400, LOCKED + "/environments.csv", LOCKED + "/environments.csv?after=nonsense");
    }

    private void unknownNames() throws IOException {
        get(404, ENVIRONMENT, environment("contoso", "nobody"));
        get(404, TIMELINE, environment("nobody", "sales") + "/timeline");
        get(404, ENVIRONMENTS, ENVIRONMENTS + "?tenant=nobody");
        get(404, ENVIRONMENTS + ".csv", ENVIRONMENTS + ".csv?tenant=nobody");
        get(404, DEADLINES, DEADLINES + "?tenant=nobody");
        for (String list : List.of(".csv", "/environments", "/environments.csv", "")) {
            String path = (list.equals(".csv") ? DEADLINES : LOCKED) + list;
            get(404, path, path + "?tenant=nobody");
        }
        get(404, KEYS, KEYS + "?tenant=nobody");
        get(404, TENANT, "/api/v1/tenants/nobody");
        get(404, KEY, key("contoso", "nobody"));
        get(404, DISABLE, key("contoso", "nobody") + "/disable");
    }

    private void theBody() throws IOException {
        String line = """
                {"topic":"key-revoked","value":{"eventId":"e","tenantId":"contoso","occurredAt":"2026-03-20T00:00:00Z",\
                "vaultUri":"https://vault.example","keyName":"cmk","cause":"KEY_DISABLED"}}
                {"topic":"policy-applied","value":{"eventId":"f","tenantId":" ","occurredAt":"2026-03-20T00:00:00Z"}}
                """;
        post(200, "application/x-ndjson", line);
        post(200, "text/plain; charset=utf-8", "no event line");
        post(400, "text/plain", "\n");
        post(413, "text/plain", "x".repeat(2_000));
        post(415, "application/json", line);
    }

    /// Sends requests without the token.
    private void anonymous(Reply reply) throws IOException {
        if (reply.status() == 401) {
            check(reply, console.asAnonymous(reply.method().toUpperCase(Locale.ROOT), anyOf(reply.path())));
        }
    }

    /// Sends requests that the server rejects, whatever the path.
    private void refusals(Reply reply) throws Exception {
        String path = anyOf(reply.path());
        String method = reply.method().toUpperCase(Locale.ROOT);
        switch (reply.status()) {
            case 405 -> check(reply, console.send("DELETE", path, "X", "y"));
            case 414 -> check(reply, console.send(method, path + "?q=" + "x".repeat(20_000), "X", "y"));
            case 421 -> check(reply, console.byAnotherName(method, path));
            case 431 -> check(reply, console.send(method, path, "X", "y".repeat(20_000)));
            default -> {}
        }
    }

    /// Sends conditional requests for what the client has.
    private void knownAlready(Reply reply) throws Exception {
        if (reply.status() == 304) {
            String path = anyOf(reply.path());
            String tag = console.get(path).headers().firstValue("ETag").orElseThrow();
            assertThat(console.send("GET", path, "If-None-Match", tag).statusCode())
                    .as(path)
                    .isEqualTo(304);
            called.add(reply);
        }
    }

    /// Sends requests to a console that is not ready, and to one with a defect.
    private void withoutViews(Reply reply) throws IOException {
        if (reply.status() == 503 || reply.status() == 500) {
            console.views(_ -> {
                throw reply.status() == 503
                        ? new NotCaughtUpException("The console is still reading.", 12)
                        : new IllegalStateException("a defect");
            });
            Supplier<HttpResponse<String>> ask = reply.method().equals("post")
                    ? () -> console.post(reply.path(), "text/plain", "x".getBytes(StandardCharsets.UTF_8))
                    : () -> console.get(anyOf(reply.path()));
            check(reply, ask.get());
            console.wholeAgain();
        }
    }

    private static String anyOf(String path) {
        return path.replace(SEARCH, SEARCH + "?q=sales")
                .replace("{tenant}", "contoso")
                .replace("{environment}", "sales")
                .replace("{vault}", "vault.example")
                .replace("{key}", "cmk");
    }

    private static String environment(String tenant, String environment) {
        return "/api/v1/environments/" + tenant + "/" + encoded(environment);
    }

    private static String key(String tenant, String key) {
        return "/api/v1/tenants/" + tenant + "/keys/vault.example/" + key;
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void get(int status, String template, String path) throws IOException {
        check(new Reply("get", template, status), console.get(path));
    }

    private void post(int status, String type, String body) throws IOException {
        check(new Reply("post", WHAT_IF, status), console.post(WHAT_IF, type, body.getBytes(StandardCharsets.UTF_8)));
    }

    private void check(Reply expected, HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode())
                .as(response.uri() + " " + response.body())
                .isEqualTo(expected.status());
        called.add(expected);
        description.differences(expected, response).forEach(text -> differences.add(response.uri() + ": " + text));
    }
}
