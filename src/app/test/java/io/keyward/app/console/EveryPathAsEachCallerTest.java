package io.keyward.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Access;
import io.keyward.ops.http.Caller;
import io.keyward.ops.http.Endpoint;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every path of a console, requested without credentials, as a reader of one tenant, of two, and of all.
///
/// There are two consoles. One knows the tenants `contoso` and `fabrikam`, which use a key together; the other one
/// has never heard of `fabrikam`. A reader of `contoso` cannot tell which of the two is asked.
class EveryPathAsEachCallerTest {
    private static final String HIDDEN = "fabrikam";
    private static final String ABSENT = "tailspin";
    private static final String TENANT = "/api/v1/tenants/T";
    private static final String ENVIRONMENT = "/api/v1/environments/T/T-locked";
    private static final String KEY = TENANT + "/keys/kv-T.vault.azure.net/T-key";
    private static final String SHARED = TENANT + "/keys/kv-shared.vault.azure.net/both";

    private static final String LINES = """
            {"topic":"key-revoked","value":{"eventId":"what-if","tenantId":"T","occurredAt":"2026-07-20T09:00:00Z",\
            "vaultUri":"https://kv-shared.vault.azure.net","keyName":"both","cause":"KEY_DISABLED"}}
            """;

    /// What each path is asked, with `T` for a tenant in every name. A path that is not here has no rule.
    private static final Map<String, List<String>> QUESTIONS = Map.ofEntries(
            ask(
                    "GET /api/v1/environments",
                    "",
                    "?limit=1",
                    "?tenant=T",
                    "?q=T",
                    "?q=locked",
                    "?state=LOCKED",
                    "?status=SUCCEEDED",
                    "?warning=KEY_REVOKED",
                    "?key=kv-shared.vault.azure.net/both",
                    "?key=kv-T.vault.azure.net/T-key",
                    "?tenant=T&state=LOCKED&limit=1"),
            ask("GET /api/v1/environments/{tenant}/{environment}", ENVIRONMENT),
            ask("GET /api/v1/environments/{tenant}/{environment}/timeline", ENVIRONMENT + "/timeline"),
            ask("GET /api/v1/tenants/{tenant}", TENANT),
            ask("GET /api/v1/tenants/{tenant}/keys/{vault}/{key}", KEY, SHARED),
            ask("GET /api/v1/tenants/{tenant}/keys/{vault}/{key}/disable", KEY + "/disable", SHARED + "/disable"),
            ask("POST /api/v1/whatif", ""),
            ask("GET /api/v1/search", "?q=T", "?q=locked", "?q=kv-shared", "?q=both&limit=1", "?q=T-p"),
            ask("GET /search/options", "?q=T", "?q=locked", "?q=both&kind=key"),
            ask("GET /api/v1/tenants", "", "?limit=1", "?state=LOCKED"),
            ask("GET /api/v1/keys", "", "?limit=1", "?tenant=T", "?vault=kv-T.vault.azure.net", "?standing=REVOKED"),
            ask("GET /tenants", ""),
            ask("GET /keys", "", "?tenant=T", "?vault=kv-T.vault.azure.net", "?standing=UNUSED"),
            ask("GET /api/v1/deadlines", "", "?limit=1", "?tenant=T", "?kind=RETENTION_END"),
            ask("GET /api/v1/deadlines.csv", "", "?tenant=T"),
            ask("GET /api/v1/environments.csv", "", "?tenant=T", "?q=T", "?state=LOCKED"),
            ask("GET /api/v1/locked", "", "?limit=1", "?tenant=T"),
            ask("GET /api/v1/locked/environments", "", "?limit=1", "?tenant=T"),
            ask("GET /api/v1/locked/environments.csv", "", "?tenant=T"),
            ask("GET /openapi.json", ""),
            ask("GET /", ""),
            ask("GET /search", "?q=T-", "?q=locked"),
            ask("GET /environments", "", "?tenant=T", "?q=T", "?state=LOCKED"),
            ask("GET /deadlines", "", "?tenant=T", "?range=all"),
            ask("GET /locked", "", "?tenant=T"),
            ask("GET /locked/environments", "", "?tenant=T"),
            ask("GET /after-a-restore", ""),
            ask("GET /tenants/{tenant}", "/tenants/T"),
            ask("GET /tenants/{tenant}/environments/{environment}", "/tenants/T/environments/T-locked"),
            ask(
                    "GET /tenants/{tenant}/keys/{vault}/{key}",
                    "/tenants/T/keys/kv-T.vault.azure.net/T-key",
                    "/tenants/T/keys/kv-shared.vault.azure.net/both?ask=disable"),
            ask("GET /account", ""),
            ask("GET /login", "?to=/tenants/T"),
            ask("GET /login/callback", "?state=T"),
            ask("POST /logout", ""),
            ask("GET /whatif", "", "?question=revoked&tenant=T&vault=kv-shared.vault.azure.net&key=both"),
            ask("POST /whatif", ""),
            ask("GET /assets/{hash}/{file}", "/assets/0/console.css"),
            ask("GET /favicon.ico", ""),
            ask("GET /metrics", ""),
            ask("GET /health/live", ""),
            ask("GET /health/ready", ""));

    /// What unauthenticated clients may read: nothing about a tenant.
    private static final Set<String> FOR_EVERYBODY = Set.of(
            "GET /assets/{hash}/{file}", "GET /favicon.ico", "GET /login", "GET /login/callback", "POST /logout");

    /// Of these, callers who may not know all tenants learn whether they pass, as unauthenticated clients do.
    private static final Set<String> HEALTH = Set.of("GET /health/live", "GET /health/ready");

    private static final Set<String> UNRESTRICTED = Set.of("GET /metrics");

    private static final Caller OF_CONTOSO = new Caller("reader", Optional.of(Set.of(new TenantId("contoso"))));
    private static final Caller OF_BOTH =
            new Caller("readers", Optional.of(Set.of(new TenantId("contoso"), new TenantId(HIDDEN))));

    @TempDir
    private static Path folder;

    private static ConsoleQueries both;
    private static ConsoleQueries alone;

    private static Map.Entry<String, List<String>> ask(String path, String... queries) {
        String fixed = path.substring(path.indexOf(' ') + 1);
        return Map.entry(
                path,
                Stream.of(queries)
                        .map(query -> query.startsWith("/") ? query : fixed + query)
                        .toList());
    }

    @BeforeAll
    static void serve() {
        both = ConsoleQueries.start(folder.resolve("both"), history("contoso"), history(HIDDEN));
        alone = ConsoleQueries.start(folder.resolve("alone"), history("contoso"));
    }

    @AfterAll
    static void stop() {
        both.close();
        alone.close();
    }

    /// A tenant with a limit of two environments, of which one is locked, one follows a rotation, and one waits.
    private static String[] history(String tenant) {
        return """
                {"topic":"tenant-limit-changed","value":{"eventId":"T1","tenantId":"T","occurredAt":"2026-07-01T08:00:00Z","environmentLimit":2}}
                {"topic":"environment-changed","value":{"eventId":"T2","tenantId":"T","occurredAt":"2026-07-01T08:00:00Z","environmentId":"T-locked","displayName":"T display","type":"PRODUCTION","managed":true,"lifecycle":"ACTIVE","cloudFlows":{"count":1,"oldestCreatedAt":"2026-06-01T08:00:00Z","newestCreatedAt":"2026-06-01T08:00:00Z"},"desktopFlows":{"count":0}}}
                {"topic":"environment-changed","value":{"eventId":"T3","tenantId":"T","occurredAt":"2026-07-01T08:00:00Z","environmentId":"T-rotated","type":"PRODUCTION","managed":true,"lifecycle":"ACTIVE","cloudFlows":{"count":0},"desktopFlows":{"count":0}}}
                {"topic":"environment-changed","value":{"eventId":"T4","tenantId":"T","occurredAt":"2026-07-01T08:00:00Z","environmentId":"T-waits","type":"PRODUCTION","managed":true,"lifecycle":"ACTIVE","cloudFlows":{"count":0},"desktopFlows":{"count":0}}}
                {"topic":"policy-applied","value":{"eventId":"T5","tenantId":"T","occurredAt":"2026-07-02T08:00:00Z","environmentId":"T-locked","policyId":"T-p","key":{"vaultUri":"https://kv-T.vault.azure.net","keyName":"T-key"}}}
                {"topic":"key-rotated","value":{"eventId":"T6","tenantId":"T","occurredAt":"2026-07-02T07:00:00Z","vaultUri":"https://kv-shared.vault.azure.net","keyName":"both","newVersion":"v1"}}
                {"topic":"policy-applied","value":{"eventId":"T7","tenantId":"T","occurredAt":"2026-07-02T09:00:00Z","environmentId":"T-rotated","policyId":"T-p","key":{"vaultUri":"https://kv-shared.vault.azure.net","keyName":"both"}}}
                {"topic":"policy-applied","value":{"eventId":"T8","tenantId":"T","occurredAt":"2026-07-02T10:00:00Z","environmentId":"T-waits","policyId":"T-p","key":{"vaultUri":"https://kv-shared.vault.azure.net","keyName":"both"}}}
                {"topic":"key-rotated","value":{"eventId":"T9","tenantId":"T","occurredAt":"2026-07-10T07:00:00Z","vaultUri":"https://kv-shared.vault.azure.net","keyName":"both","newVersion":"v2","previousVersion":"v1"}}
                {"topic":"key-expiring","value":{"eventId":"T10","tenantId":"T","occurredAt":"2026-07-11T07:00:00Z","vaultUri":"https://kv-shared.vault.azure.net","keyName":"both","keyVersion":"v2","expiresAt":"2026-09-01T00:00:00Z"}}
                {"topic":"key-revoked","value":{"eventId":"T11","tenantId":"T","occurredAt":"2026-07-12T09:00:00Z","vaultUri":"https://kv-T.vault.azure.net","keyName":"T-key","cause":"KEY_DISABLED"}}
                """.replace("\"T\"", '"' + tenant + '"')
                .replaceAll("\"T(\\d+)\"", '"' + tenant + "$1\"")
                .replace("T-", tenant + "-")
                .replace("T display", tenant + " display")
                .replace("kv-T", "kv-" + tenant)
                .lines()
                .toArray(String[]::new);
    }

    /// One way to ask a path.
    record Question(String path, String address) {
        static Stream<Question> all() {
            return QUESTIONS.entrySet().stream()
                    .flatMap(entry -> entry.getValue().stream().map(address -> new Question(entry.getKey(), address)));
        }

        Answer ask(ConsoleQueries console, Caller caller, String tenant) {
            String method = path.substring(0, path.indexOf(' '));
            HttpResponse<String> answer = console.ask(caller, method, of(tenant, address), of(tenant, LINES));
            return new Answer(
                    answer.statusCode(),
                    answer.body().replace(tenant, "T"),
                    answer.headers().firstValue("ETag").filter(_ -> !address.contains("T")));
        }

        private static String of(String tenant, String text) {
            return text.replaceAll("\\bT\\b", tenant);
        }

        @Override
        public String toString() {
            return path.substring(0, path.indexOf(' ')) + " " + address;
        }
    }

    record Answer(int status, String body, Optional<String> tag) {}

    static Stream<Question> questions() {
        return Question.all();
    }

    @Test
    void everyPathHasARule() {
        assertThat(QUESTIONS.keySet())
                .isEqualTo(both.endpoints().stream()
                        .map(endpoint -> endpoint.method() + " " + endpoint.path())
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void aReaderOfOneTenantCannotTellWhetherThereIsAnother(Question question) {
        Answer answer = question.ask(both, OF_CONTOSO, HIDDEN);
        assertThat(answer).isEqualTo(question.ask(alone, OF_CONTOSO, HIDDEN));
        assertThat(answer).isEqualTo(question.ask(both, OF_CONTOSO, ABSENT));
        if (question.address().matches(".*(tenants|environments)/T\\b.*|.*tenant=T.*")
                && !question.path().endsWith("/whatif")) {
            assertThat(answer.status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @MethodSource("questions")
    void aReaderOfOneTenantSeesAllOfItAndNothingElse(Question question) {
        Answer answer = question.ask(both, OF_CONTOSO, "contoso");
        assertThat(answer).isEqualTo(question.ask(alone, OF_CONTOSO, "contoso"));
        assertThat(answer.body()).doesNotContain(HIDDEN);
        assertThat(answer.status()).isEqualTo(expected(question, OF_CONTOSO));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void whoeverMayKnowEveryTenantThatThereIsSeesWhatIsThere(Question question) {
        Answer answer = question.ask(both, OF_BOTH, HIDDEN);
        Answer whole = question.ask(both, Caller.ANYBODY, HIDDEN);
        assertThat(whole.status()).isEqualTo(expected(question, Caller.ANYBODY));
        assertThat(answer.status()).isEqualTo(expected(question, OF_BOTH));
        if (question.path().endsWith(" /account")) {
            assertThat(answer.body()).contains("readers", "T", "contoso");
        } else if (question.address().contains("disable")) {
            assertThat(answer.body()).contains("others may use the key");
            assertThat(whole.body()).doesNotContain("others may use the key");
        } else if (!UNRESTRICTED.contains(question.path()) && !HEALTH.contains(question.path())) {
            assertThat(withoutPosition(answer.body())).isEqualTo(withoutPosition(whole.body()));
        }
    }

    /// Only who may know all tenants learns offsets.
    private static String withoutPosition(String body) {
        return body.replaceAll("\"position\":\\{[^}]*}", "");
    }

    @ParameterizedTest
    @MethodSource("questions")
    void aStrangerLearnsNothing(Question question) {
        Answer answer = question.ask(both, Caller.UNAUTHENTICATED, "contoso");
        assertThat(answer.status())
                .isEqualTo(
                        FOR_EVERYBODY.contains(question.path())
                                ? expected(question, Caller.ANYBODY)
                                : HEALTH.contains(question.path()) ? 200 : 401);
        assertThat(answer.body()).doesNotContain("T-locked", "kv-", "reasons");
    }

    private static int expected(Question question, Caller caller) {
        boolean isForOthers = caller.isRestricted() && UNRESTRICTED.contains(question.path());
        boolean isNowhere = question.path().matches("GET /(assets|login).*"); // there is no provider
        return isForOthers || isNowhere ? 404 : 200;
    }

    @Test
    void anEndpointThatSaysNothingIsForThoseWhoMayKnowAllTenants() {
        assertThat(both.endpoints().stream()
                        .filter(endpoint -> endpoint.access() == Access.UNRESTRICTED)
                        .map(Endpoint::path))
                .containsExactlyInAnyOrder("/metrics", "/health/live", "/health/ready");
    }
}
