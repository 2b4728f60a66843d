package io.keyward.console.api;

import static io.keyward.console.api.ConsoleHistory.ODD;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.topology.Events;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the API answers, over HTTP.
class ConsoleApiTest {
    private static final String KEYS = "/api/v1/tenants/contoso/keys/vault.example/";

    @TempDir
    private Path folder;

    private ServedConsole console;

    @BeforeEach
    void serve() throws IOException {
        console = new ServedConsole(folder, ConsoleHistory.NOW);
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void aPageGoesOnWhereTheOneBeforeItEndedWhateverChangesInBetween() throws IOException {
        console.replica().given(environments("b", "d", "f"));
        JsonNode first = ok("/api/v1/environments?limit=2");
        assertThat(ids(first)).containsExactly("b", "d");
        console.replica().given(environments("a", "c", "e"));
        console.replica().given(Events.changed(9, "contoso", "d", Lifecycle.PURGED, FlowInventory.EMPTY));
        JsonNode second =
                ok("/api/v1/environments?limit=2&after=" + first.path("next").asText());
        assertThat(ids(second)).containsExactly("e", "f");
    }

    @Test
    void aTimelineGoesOnWhereItEndedAlthoughMoreIsPublished() throws IOException {
        console.replica().given(ConsoleHistory.events());
        String timeline = "/api/v1/environments/fabrikam/recoverable/timeline";
        JsonNode all = ok(timeline + "?limit=200").path("entries");
        JsonNode first = ok(timeline + "?limit=3");
        console.replica().given(Events.revoked(15, "fabrikam", "second"));
        JsonNode second = ok(timeline + "?limit=3&before=" + first.path("next").asText());
        assertThat(second.path("entries").get(0)).isEqualTo(all.get(3));
    }

    @Test
    void usersOfAKeyComePageByPageWithTotalsOverAll() throws IOException {
        console.replica().given(environments("a", "b", "c"));
        JsonNode first = ok(KEYS + "cmk?limit=2");
        assertThat(first.path("users").findValuesAsText("environmentId")).containsExactly("a", "b");
        assertThat(first.path("totals").path("users").asInt()).isEqualTo(3);
        JsonNode second = ok(KEYS + "cmk?limit=2&after=" + first.path("next").asText());
        assertThat(second.path("users").findValuesAsText("environmentId")).containsExactly("c");
        assertThat(second.has("next")).isFalse();
        assertThat(second.path("totals")).isEqualTo(first.path("totals"));
    }

    @Test
    void keysComeOncePageByPageInTheOrderOfTenantAndVault() throws IOException {
        console.replica().given(ConsoleHistory.events());
        List<String> all = keys("/api/v1/keys");
        assertThat(all)
                .containsExactly("contoso/cmk", "contoso/other", "fabrikam/cmk", "fabrikam/second", "fabrikam/third");
        List<String> found = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = ok("/api/v1/keys?limit=2" + after);
            found.addAll(keys(page));
            after = page.has("next") ? "&after=" + page.path("next").asText() : "";
            console.replica().given(clean(1, "aaa" + found.size(), "e"), applied(2, "aaa" + found.size(), "e", "new"));
        } while (!after.isEmpty());
        assertThat(found).isEqualTo(all);
    }

    @Test
    void keysAreFilteredByTenantVaultAndStanding() throws IOException {
        console.replica().given(ConsoleHistory.events());
        assertThat(keys("/api/v1/keys?tenant=fabrikam"))
                .containsExactly("fabrikam/cmk", "fabrikam/second", "fabrikam/third");
        assertThat(keys("/api/v1/keys?vault=vault.example&limit=1&after="
                        + ok("/api/v1/keys?limit=1").path("next").asText()))
                .containsExactly("contoso/other");
        assertThat(keys("/api/v1/keys?vault=other.example")).isEmpty();
        assertThat(keys("/api/v1/keys?standing=revoked")).containsExactly("fabrikam/cmk");
        assertThat(keys("/api/v1/keys?standing=EXPIRING")).containsExactly("contoso/cmk");
        console.replica().given(Events.rotated(9, "contoso", "idle", "v1"));
        assertThat(keys("/api/v1/keys?standing=UNUSED")).containsExactly("contoso/idle");
    }

    @Test
    void aKeySaysWhenItMayBeDisabled() throws IOException {
        console.replica()
                .given(environments("a"))
                .given(applied(3, "contoso", "a", "next"), Events.rotated(4, "contoso", "idle", "v1"));
        JsonNode keys = ok("/api/v1/keys").path("keys");
        assertThat(keys.findValuesAsText("keyName")).containsExactly("cmk", "idle", "next");
        assertThat(keys.findValuesAsText("mayBeDisabled")).containsExactly("LATER", "YES", "IN_USE");
        JsonNode answer = ok(KEYS + "cmk/disable");
        assertThat(keys.get(0).path("mayBeDisabledFrom")).isEqualTo(answer.path("safeFrom"));
        assertThat(keys.get(0).path("users").asInt()).isEqualTo(1);
    }

    @Test
    void tenantsComePageByPageWithTheirStates() throws IOException {
        console.replica().given(ConsoleHistory.events());
        JsonNode first = ok("/api/v1/tenants?limit=1");
        assertThat(first.path("tenants").findValuesAsText("tenantId")).containsExactly("contoso");
        assertThat(first.path("tenants").get(0).path("environments").asInt()).isEqualTo(6);
        assertThat(first.path("tenants").get(0).path("environmentLimit").asInt())
                .isEqualTo(4);
        JsonNode second =
                ok("/api/v1/tenants?limit=1&after=" + first.path("next").asText());
        assertThat(second.path("tenants").findValuesAsText("tenantId")).containsExactly("fabrikam");
        assertThat(second.path("tenants").get(0).path("states").path("LOCKED").asInt())
                .isEqualTo(1);
        assertThat(second.has("next")).isFalse();
        assertThat(ok("/api/v1/tenants?state=LOCKED").path("tenants").findValuesAsText("tenantId"))
                .containsExactly("fabrikam");
    }

    private List<String> keys(String path) throws IOException {
        return keys(ok(path));
    }

    private static List<String> keys(JsonNode answer) {
        List<String> keys = new ArrayList<>();
        answer.path("keys")
                .forEach(key -> keys.add(key.path("tenantId").asText() + "/"
                        + key.path("keyName").asText()));
        return keys;
    }

    @Test
    void anEnvironmentWithOddCharactersInItsIdIsFound() throws IOException {
        console.replica().given(environments(ODD));
        String id = URLEncoder.encode(ODD, StandardCharsets.UTF_8).replace("+", "%20");
        assertThat(ok("/api/v1/environments/contoso/" + id)
                        .path("environmentId")
                        .asText())
                .isEqualTo(ODD);
        assertThat(ids(ok("/api/v1/environments?q=" + id))).containsExactly(ODD);
    }

    @Test
    void anOpenWarningHasTheTextThatWasPublished() throws IOException {
        console.replica().given(ConsoleHistory.events());
        JsonNode warning =
                ok("/api/v1/environments/fabrikam/locked").path("warnings").get(0);
        JsonNode published = null;
        for (JsonNode entry :
                ok("/api/v1/environments/fabrikam/locked/timeline").path("entries")) {
            if (entry.path("key").asText().equals("fabrikam/locked/KEY_REVOKED")) {
                published = entry.path("value");
            }
        }
        assertThat(warning.path("code").asText()).isEqualTo("KEY_REVOKED");
        assertThat(warning.path("asPublished").asBoolean()).isTrue();
        assertThat(published).isNotNull();
        assertThat(warning.path("message")).isEqualTo(published.path("message"));
        assertThat(warning.path("raisedAt")).isEqualTo(published.path("raisedAt"));
    }

    @Test
    void aReasonNamesTheRecordOfTheEventThatItRestsOn() throws IOException {
        console.replica().given(ConsoleHistory.events());
        for (JsonNode reason : ok("/api/v1/environments/fabrikam/locked").path("why")) {
            if (reason.path("rule").asText().equals("R20")) {
                JsonNode event = reason.path("events").get(0);
                assertThat(event.path("topic").asText()).isEqualTo("cmk.key-revoked");
                assertThat(event.path("eventType").asText()).isEqualTo("KeyRevoked");
                return;
            }
        }
        throw new AssertionError("R20 did not speak.");
    }

    @Test
    void aLockedEnvironmentSaysWhatWouldRemediateIt() throws IOException {
        console.replica().given(ConsoleHistory.events());
        JsonNode remedy = ok("/api/v1/environments/fabrikam/locked").path("remedy");
        assertThat(remedy.path("complete").asBoolean()).isTrue();
        assertThat(remedy.path("steps").get(0).path("event").path("topic").asText())
                .isEqualTo("key-restored");
    }

    @Test
    void reportsAreReturnedWhereTheyAreNotTakenIntoAccount() throws IOException {
        console.replica().given(ConsoleHistory.events());
        JsonNode enforcement = ok("/api/v1/environments/contoso/sales").path("enforcement");
        assertThat(enforcement.path("evidence").asText()).isEqualTo("IGNORE");
        assertThat(enforcement.path("remark").asText()).contains("not taken into account");
        assertThat(enforcement.path("components").findValuesAsText("component"))
                .containsExactly("DATAVERSE", "CLOUD_FLOWS");
        assertThat(enforcement.path("components").get(0).has("status")).isFalse();
        assertThat(ok(KEYS + "cmk").path("enforcement").path("versions").findValuesAsText("items"))
                .containsExactly("10");
        assertThat(ok(KEYS + "nobodys").path("enforcement").path("versions").findValuesAsText("items"))
                .containsExactly("5");
    }

    @Test
    void aSupersededVersionMayBeDisabledFromItsDateOn() throws IOException {
        console.replica()
                .given(Events.rotated(1, "contoso", "cmk", "v1"))
                .given(environments("sales"))
                .given(Events.rotated(7, "contoso", "cmk", "v2"));
        JsonNode early = ok(KEYS + "cmk/disable?version=v1&at=2026-04-03");
        assertThat(early.path("safe").asBoolean()).isFalse();
        assertThat(early.path("safeFrom").asText()).isEqualTo("2026-04-04T00:00:00Z");
        assertThat(early.path("blockers").findValuesAsText("code")).containsExactly("NOT_BEFORE");
        assertThat(early.path("blockers").findValuesAsText("environmentId")).containsExactly("sales");
        assertThat(ok(KEYS + "cmk/disable?version=v1&at=2026-04-04")
                        .path("safe")
                        .asBoolean())
                .isTrue();
        assertThat(ok(KEYS + "cmk/disable?version=v2&at=2026-04-04")
                        .path("safe")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void whatIsNotWhollyKnownIsNotSafe() throws IOException {
        console.replica().given(Events.rotated(1, "contoso", "cmk", "v1"), Events.rotated(2, "contoso", "cmk", "v2"));
        String question = KEYS + "cmk/disable?version=v1";
        assertThat(ok(question).path("safe").asBoolean()).isTrue();
        console.views(_ -> console.replica().view(0, "Partition 3 of cmk.warnings is not there."));
        JsonNode missing = ok(question);
        assertThat(missing.path("safe").asBoolean()).isFalse();
        assertThat(missing.path("complete").asBoolean()).isFalse();
        assertThat(missing.path("blockers").findValuesAsText("code")).containsExactly("NOT_KNOWN");
        assertThat(missing.path("blockers").findValuesAsText("sentence"))
                .containsExactly("Partition 3 of cmk.warnings is not there.");
        console.views(_ -> console.replica().view(7));
        assertThat(ok(question).path("blockers").findValuesAsText("code")).containsExactly("NOT_KNOWN");
    }

    @Test
    void anAnswerSaysWhatIsMissing() throws IOException {
        console.replica().given(ConsoleHistory.events());
        console.views(_ -> console.replica().view(12, "Partition 3 of cmk.warnings is not there."));
        for (String path : List.of(
                "/api/v1/environments",
                "/api/v1/environments/contoso/sales",
                "/api/v1/environments/contoso/sales/timeline",
                "/api/v1/tenants",
                "/api/v1/tenants/contoso",
                "/api/v1/keys",
                "/api/v1/keys?tenant=contoso",
                KEYS + "cmk",
                "/api/v1/locked",
                "/api/v1/locked/environments",
                "/api/v1/deadlines")) {
            JsonNode answer = ok(path);
            assertThat(answer.path("lag").asInt()).as(path).isEqualTo(12);
            assertThat(answer.path("complete").asBoolean()).as(path).isFalse();
            assertThat(answer.path("missing").get(0).asText()).isEqualTo("Partition 3 of cmk.warnings is not there.");
        }
    }

    @Test
    void aReplicaThatIsNotReadySaysItsLag() throws IOException {
        console.views(_ -> {
            throw new NotCaughtUpException("The console reads what there is.", 1_204);
        });
        HttpResponse<String> response = console.get("/api/v1/environments");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
        assertThat(detail(response)).isEqualTo("The console reads what there is. 1,204 records are left to read.");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/environments?limit=0, limit",
        "/api/v1/environments?limit=201, limit",
        "/api/v1/environments?limit=many, limit",
        "/api/v1/environments?state=LOKED, state",
        "/api/v1/environments?warning=NONE, warning",
        "/api/v1/environments?key=vault.example, key",
        "/api/v1/search, q",
        "/api/v1/search?q=, q",
        "/api/v1/search?q=a&kind=THING, kind",
        "/api/v1/environments?key=vault.example:8443/cmk, key",
        "/api/v1/environments?tenant=, tenant",
        "/api/v1/environments?stat=LOCKED, stat",
        "/api/v1/deadlines?before=tomorrow, before",
        "/api/v1/deadlines?kind=LATE, kind",
        "/api/v1/deadlines.csv?limit=9, limit",
        "/api/v1/locked?state=LOCKED, state",
        "/api/v1/locked/environments?key=vault.example/cmk, key",
        "/api/v1/deadlines?from=-999999999-01-01T00:00:00Z, from",
        "/api/v1/deadlines?from=2026-03-02&before=2026-03-01, from",
        "/api/v1/environments?limit=1&limit=2, limit",
        "/api/v1/keys?vault=127.0.0.1, vault",
        "/api/v1/keys?standing=LOST, standing",
        "/api/v1/tenants?state=LOST, state",
        "/api/v1/environments?q=a&%71=b, q",
        "/api/v1/environments?q=%ff, q",
        "/api/v1/deadlines?tenant=a&tenant=b, tenant",
        "/api/v1/tenants/contoso/keys/vault.example/cmk/disable?version=v_1, version"
    })
    void aBadParameterIsNamed(String path, String name) throws IOException {
        HttpResponse<String> response = console.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(detail(response)).contains("'" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vault.example:8443", "127.0.0.1", "1.example"})
    void aVaultThatNoEventCanNameIsNamed(String vault) throws IOException {
        HttpResponse<String> response = console.get("/api/v1/tenants/contoso/keys/" + vault + "/cmk/disable");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(detail(response)).contains("vaultUri is not an address of a vault", "no port but 443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/environments?after=",
                "/api/v1/deadlines?after=",
                "/api/v1/keys?after=",
                "/api/v1/tenants?after=",
                "/api/v1/locked?after=",
                "/api/v1/locked/environments?after=",
                "/api/v1/environments/contoso/sales/timeline?before="
            })
    void aCursorOfAnotherListIsRefused(String path) throws IOException {
        console.replica().given(ConsoleHistory.events());
        String other = path.contains("deadlines")
                ? ok("/api/v1/environments?limit=1").path("next").asText()
                : ok("/api/v1/deadlines?limit=1&from=2026-01-01").path("next").asText();
        HttpResponse<String> response = console.get(path + other);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(detail(response)).contains("is not a cursor of this list");
    }

    @Test
    void aDeletionStandsAmongTheDeadlinesOfItsTenantOnly() throws IOException {
        console.replica().given(ConsoleHistory.events());
        JsonNode deadlines = ok("/api/v1/deadlines?tenant=fabrikam").path("deadlines");
        assertThat(deadlines.findValuesAsText("kind")).contains("DELETION");
        assertThat(deadlines.findValuesAsText("title")).contains("Environment is deleted");
        assertThat(deadlines.findValuesAsText("tenantId")).containsOnly("fabrikam");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/environments?tenant=Contoso",
                "/api/v1/deadlines?tenant=CONTOSO",
                "/api/v1/locked?tenant=contosso",
                "/api/v1/tenants/contos"
            })
    void aTenantThatNoEventHasNamedIsNotFoundAndTheNearestOneIsNamed(String path) throws IOException {
        console.replica().given(ConsoleHistory.events());
        HttpResponse<String> response = console.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
        assertThat(detail(response)).contains("No event has named a tenant", "Did you mean 'contoso'?");
    }

    @Test
    void anAnswerIsCompressedAndNotSentAgain() throws Exception {
        console.replica().given(ConsoleHistory.events());
        HttpResponse<String> plain = console.get("/api/v1/environments");
        HttpResponse<byte[]> compressed = console.get("/api/v1/environments", "Accept-Encoding", "br, gzip;q=0.8");
        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(plain.body());
        String tag = plain.headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> again = console.get("/api/v1/environments", "If-None-Match", "\"other\", " + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(console.get("/api/v1/environments", "Accept-Encoding", "gzip;q=0")
                        .headers()
                        .firstValue("Content-Encoding"))
                .isEmpty();
        console.replica().given(environments("another"));
        assertThat(console.get("/api/v1/environments", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aTenantThatIsLikeNoOtherIsNotFound() throws IOException {
        console.replica().given(ConsoleHistory.events());
        HttpResponse<String> response = console.get("/api/v1/deadlines?tenant=woodgrove");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(detail(response)).doesNotContain("Did you mean");
    }

    @Test
    void deadlinesComeByKindAndEndsOfRetentionOfOneKeyAndDayAreOne() throws IOException {
        List<Event> events = new ArrayList<>(environments("locked"));
        for (String id : List.of("a", "b", "c")) {
            events.add(clean(1, "contoso", id));
            events.add(applied(2, "contoso", id, "first"));
            events.add(applied(3, "contoso", id, "second"));
        }
        events.add(Events.rotated(4, "contoso", "second", "v1"));
        events.add(Events.expiring(5, "contoso", "second", "v1"));
        events.add(Events.revoked(15, "contoso", "cmk"));
        console.replica().given(events);
        JsonNode deadlines = ok("/api/v1/deadlines").path("deadlines");
        assertThat(deadlines.findValuesAsText("kind"))
                .startsWith("DELETION", "KEY_EXPIRY")
                .endsWith("RETENTION_END");
        JsonNode kept = ok("/api/v1/deadlines?kind=retention_end").path("deadlines");
        assertThat(kept.size()).isEqualTo(1);
        assertThat(kept.get(0).path("title").asText()).isEqualTo("Key may be disabled");
        assertThat(kept.get(0).path("environments").asInt()).isEqualTo(3);
        assertThat(kept.get(0).path("environmentIds").toString()).isEqualTo("[\"a\",\"b\",\"c\"]");
        assertThat(kept.get(0).has("environmentId")).isFalse();
        assertThat(console.get("/api/v1/deadlines.csv?kind=DELETION").body().lines())
                .containsExactly(
                        "\"at\",\"kind\",\"title\",\"tenantId\",\"environmentId\",\"environments\",\"vaultUri\","
                                + "\"keyName\",\"keyVersion\",\"components\",\"sentence\"",
                        "\"2026-04-14T00:00:00Z\",\"DELETION\",\"Environment is deleted\",\"contoso\",\"locked\",\"1\","
                                + "\"https://vault.example\",\"cmk\",\"\",\"\",\"The platform deletes the environment locked"
                                + " of the tenant contoso on this date unless it is unlocked before.\"");
    }

    @Test
    void lockedEnvironmentsStandUnderTheKeyThatLocksThemTheFirstDeletionFirst() throws IOException {
        List<Event> events = new ArrayList<>(environments("a", "b", "c", "d", "e"));
        events.add(clean(1, "fabrikam", "x"));
        events.add(applied(2, "fabrikam", "x", "cmk"));
        events.add(Events.revoked(15, "contoso", "cmk"));
        events.add(Events.revoked(14, "fabrikam", "cmk"));
        console.replica().given(events);
        JsonNode all = ok("/api/v1/locked?limit=1");
        assertThat(all.path("lockingKeys").asInt()).isEqualTo(2);
        assertThat(all.path("lockedEnvironments").asInt()).isEqualTo(6);
        assertThat(all.path("keys").get(0).path("tenantId").asText()).isEqualTo("fabrikam");
        assertThat(all.path("keys").get(0).path("firstDeletionAt").asText()).isEqualTo("2026-04-13T00:00:00Z");
        JsonNode key = ok("/api/v1/locked?limit=1&after=" + all.path("next").asText())
                .path("keys")
                .get(0);
        assertThat(key.path("environments").asInt()).isEqualTo(5);
        assertThat(key.path("first").findValuesAsText("environmentId")).containsExactly("a", "b");
        assertThat(key.path("first").get(0).path("causes").findValuesAsText("cause"))
                .containsExactly("KEY_DISABLED");
        assertThat(ids(ok("/api/v1/locked/environments?tenant=contoso&key=vault.example/cmk&limit=200")))
                .containsExactly("a", "b", "c", "d", "e");
        assertThat(console.get("/api/v1/locked/environments.csv?tenant=fabrikam")
                        .body()
                        .lines())
                .containsExactly(
                        "\"tenantId\",\"environmentId\",\"vaultUri\",\"keyName\",\"keyVersion\",\"lockedSince\","
                                + "\"expectedDeletionAt\",\"causes\"",
                        "\"fabrikam\",\"x\",\"https://vault.example\",\"cmk\",\"\",\"2026-03-14T00:00:00Z\","
                                + "\"2026-04-13T00:00:00Z\",\"KEY_DISABLED 2026-03-14T00:00:00Z\"");
    }

    @Test
    void componentsThatBecomeLateStandAmongTheDeadlines() throws IOException {
        try (ServedConsole reporting =
                new ServedConsole(Files.createDirectory(folder.resolve("reporting")), Events.day(3), Evidence.REPORT)) {
            reporting.replica().given(environments("sales"));
            JsonNode due = Description.JSON
                    .readTree(reporting.get("/api/v1/deadlines").body())
                    .path("deadlines")
                    .path(0);
            assertThat(due.path("at").asText()).isEqualTo("2026-03-06T00:00:00Z");
            assertThat(due.path("kind").asText()).isEqualTo("ENFORCEMENT_LATE");
            assertThat(due.path("components").size()).isEqualTo(6);
            assertThat(due.path("title").asText()).isEqualTo("Components become late");
            assertThat(due.path("environmentId").asText()).isEqualTo("sales");
        }
    }

    private static List<Event> environments(String... ids) {
        List<Event> events = new ArrayList<>();
        for (String id : ids) {
            events.add(clean(1, "contoso", id));
            events.add(applied(2, "contoso", id, "cmk"));
        }
        return events;
    }

    private static List<String> ids(JsonNode list) {
        return list.path("environments").findValuesAsText("environmentId");
    }

    private JsonNode ok(String path) throws IOException {
        HttpResponse<String> response = console.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Description.JSON.readTree(response.body());
    }

    private static String detail(HttpResponse<String> response) throws IOException {
        return Description.JSON.readTree(response.body()).path("detail").asText();
    }
}
