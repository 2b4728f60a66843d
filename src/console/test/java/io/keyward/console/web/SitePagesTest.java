package io.keyward.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages over the sandbox's sample and hostile names, as a client gets them.
class SitePagesTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /// Ids hold no slash and no control character. The server refuses a backslash in a path.
    private static final String HOSTILE = "\"><script>alert('1')<b onclick=x>&amp;%3Cb%3E?#;+";

    @TempDir
    private static Path folder;

    private static ConsoleProgram console;

    @BeforeAll
    static void start() {
        console = ConsoleProgram.start(
                folder,
                60,
                Stream.of(hostileLines(), soonDeletedLines(), namedLines())
                        .flatMap(Arrays::stream)
                        .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    private static String[] hostileLines() {
        String id = HOSTILE.replace("\"", "\\\"");
        return new String[] {"""
            {"topic":"environment-changed","value":{"eventId":"%1$s1","tenantId":"%1$s","occurredAt":"2026-07-01T08:00:00Z","environmentId":"%1$s","type":"PRODUCTION","managed":true,"lifecycle":"ACTIVE","cloudFlows":{"count":1,"oldestCreatedAt":"2026-06-01T08:00:00Z","newestCreatedAt":"2026-06-01T08:00:00Z"},"desktopFlows":{"count":0},"hostedMachineGroups":[{"groupId":"%1$s","provisionedAt":"2026-06-01T08:00:00Z"}]}}""".formatted(id), """
            {"topic":"policy-applied","value":{"eventId":"%1$s2","tenantId":"%1$s","occurredAt":"2026-07-01T09:00:00Z","environmentId":"%1$s","policyId":"%1$s","key":{"vaultUri":"https://kv-hostile.vault.azure.net","keyName":"main"}}}""".formatted(id), """
            {"topic":"key-revoked","value":{"eventId":"%1$s3","tenantId":"%1$s","occurredAt":"2026-07-02T09:00:00Z","vaultUri":"https://kv-hostile.vault.azure.net","keyName":"main","cause":"KEY_DISABLED"}}""".formatted(id)};
    }

    /// An environment that is deleted in little more than a day.
    private static String[] soonDeletedLines() {
        return new String[] {"""
            {"topic":"environment-changed","value":{"eventId":"s1","tenantId":"proseware","occurredAt":"2026-07-01T08:00:00Z","environmentId":"soon","type":"PRODUCTION","managed":true,"lifecycle":"ACTIVE","cloudFlows":{"count":0},"desktopFlows":{"count":0}}}""", """
            {"topic":"policy-applied","value":{"eventId":"s2","tenantId":"proseware","occurredAt":"2026-07-01T09:00:00Z","environmentId":"soon","policyId":"p","key":{"vaultUri":"https://kv-proseware.vault.azure.net","keyName":"main"}}}""", """
            {"topic":"key-revoked","value":{"eventId":"s3","tenantId":"proseware","occurredAt":"2026-07-06T09:00:00Z","vaultUri":"https://kv-proseware.vault.azure.net","keyName":"main","cause":"KEY_DISABLED"}}"""};
    }

    /// Display names that can reorder the text around them.
    private static String[] namedLines() {
        return Stream.of("reversed|Fin\\u202eance", "hebrew|כספים")
                .map(named -> named.split("\\|"))
                .flatMap(named -> Stream.of("""
                        {"topic":"environment-changed","value":{"eventId":"d1%1$s","tenantId":"treyresearch","occurredAt":"2026-07-01T08:00:00Z","environmentId":"%1$s","displayName":"%2$s","type":"PRODUCTION","managed":true,"lifecycle":"ACTIVE","cloudFlows":{"count":0},"desktopFlows":{"count":0},"hostedMachines":2}}""".formatted(named[0], named[1]), """
                        {"topic":"policy-applied","value":{"eventId":"d2%1$s","tenantId":"treyresearch","occurredAt":"2026-07-01T09:00:00Z","environmentId":"%1$s","policyId":"p","key":{"vaultUri":"https://kv-trey.vault.azure.net","keyName":"main"}}}""".formatted(named[0])))
                .toArray(String[]::new);
    }

    private static HttpResponse<String> get(String address) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(console.uri() + address)).build(), BodyHandlers.ofString());
    }

    private static Html page(String address) throws Exception {
        HttpResponse<String> answer = get(address);
        assertThat(answer.statusCode()).as(address).isEqualTo(200);
        return Html.read(answer.body());
    }

    @Test
    void everyLinkOfEveryPageLeadsSomewhereAndEveryPageIsWellFormed() throws Exception {
        Map<String, String> from = new HashMap<>(Map.of("/", "nowhere"));
        Deque<String> next = new ArrayDeque<>(from.keySet());
        int pages = 0;
        while (!next.isEmpty()) {
            String address = next.pop();
            HttpResponse<String> answer = get(address);
            assertThat(answer.statusCode())
                    .as(address + ", linked from " + from.get(address))
                    .isEqualTo(200);
            if (answer.headers().firstValue("Content-Type").orElseThrow().startsWith("text/html")) {
                Html html = Html.read(answer.body());
                assertThat(html.ids()).as(address).containsAll(html.fragments());
                html.links().stream()
                        .filter(link -> from.putIfAbsent(link, address) == null)
                        .forEach(next::add);
                pages++;
            }
        }
        assertThat(pages).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nope", "/environments?tenant=Northwind", "/deadlines?tenant=nortwind", "/tenants/NORTHWIND"})
    void whatIsNotThereIsAPageInABrowser(String address) throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create(console.uri() + address))
                        .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        String text = Html.read(answer.body()).text();
        assertThat(text)
                .contains(
                        "Not found", address.equals("/nope") ? "There is no page /nope" : "Did you mean 'northwind'?");
    }

    @Test
    void theOverviewCountsAWarningByTheSeverityThatItHas() throws Exception {
        assertThat(page("/").text())
                .contains("Error Deletion imminent 1")
                .doesNotContain("Warning Deletion imminent", "Information Deletion imminent");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            northwind/environments/orders-prod | Locked | It is to be deleted on 2026-08-31 10:00 UTC (in 27 days)
            tailspin/environments/lab | To be enabled again | How to fix it
            contoso/environments/hr-prod | Customer-managed key | No warning is open.
            contoso/environments/finance-prod | Customer-managed key | Connections without OAuth
            contoso/environments/tryout | Microsoft-managed key | Environment not eligible
            """)
    void pageOfAnEnvironmentSaysItsState(String path, String state, String also) throws Exception {
        assertThat(page("/tenants/" + path).text()).contains(state, also, "Why", "What was published");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Dataverse              | Enforced to be under archive version v2 since 2026-08-01 06:00 UTC 2026-08-02 05:00 UTC revision
            Cloud flows            | In progress Late to be under archive version v2
            Desktop flows          | Failed Late to be under archive version v2
            Connections with OAuth | Drifted Late to be under archive version v2
            Hosted machine groups  | Not reported Late to be under archive version v2
            Connections without OAuth | Enforced to be under Microsoft-managed key since 2026-07-01 09:00 UTC No later than 2026-08-01 08:00 UTC
            """)
    void pageOfAnEnvironmentSaysWhatIsReallySo(String component, String status) throws Exception {
        assertThat(page("/tenants/relecloud/environments/archive-prod").text()).contains(component + " " + status);
    }

    @Test
    void pageOfAnEnvironmentShowsTheReports() throws Exception {
        String really = page("/tenants/relecloud/environments/archive-prod").text();
        assertThat(really)
                .contains(
                        "Enforcement reported of 2026-08-02 05:00 UTCevent",
                        "First proven 2026-08-01 08:00 UTC",
                        "A later revision says otherwise.",
                        "90,316 archive version v2",
                        "3 Microsoft-managed key",
                        "3 parts, 1 not reported",
                        "store-3 Not reported It has not reported.",
                        "the change is running; not all items counted",
                        "2 items failed.",
                        "month-end <close>: Its owner has left.",
                        "1 archive version v0",
                        "The last clean report: 2026-08-01 08:00 UTC");
    }

    @Test
    void proofOfAComponentLeadsToItsRevision() throws Exception {
        Html environment = page("/tenants/relecloud/environments/archive-prod");
        String link = environment.links().stream()
                .filter(one -> one.contains("archive-prod?before="))
                .findFirst()
                .orElseThrow();
        String timeline = page(link).text();
        assertThat(timeline.substring(timeline.indexOf("What was published")))
                .containsPattern("^What was published When What Because of 2026-08-0[12] \\d\\d:\\d\\d UTC "
                        + "Customer-managed key revision \\d+");
    }

    @Test
    void environmentWithNothingDesiredHasNoSuchSection() throws Exception {
        assertThat(page("/tenants/contoso/environments/tryout").text()).doesNotContain("Is it really so?");
    }

    @Test
    void pageOfAKeySaysHowWellItIsWatchedIfAWatchHasReportedIt() throws Exception {
        assertThat(page("/tenants/relecloud/keys/kv-relecloud.vault.azure.net/archive")
                        .text())
                .contains(
                        "Is it watched?",
                        "Not watched: no role assignment of Keyward's identity allows the operation.",
                        "Since 2026-08-02 21:00 UTC",
                        "as reported 2026-08-03 21:00 UTC");
        assertThat(page("/tenants/litware/keys/kv-litware.vault.azure.net/ledger")
                        .text())
                .doesNotContain("Is it watched?");
    }

    @Test
    void pageOfAKeySaysWhoIsReallyUnderEachVersion() throws Exception {
        assertThat(page("/tenants/relecloud/keys/kv-relecloud.vault.azure.net/archive")
                        .text())
                .contains(
                        "Who is really under it?",
                        "v2 1 of 2",
                        "not fully half within",
                        "v1 Nothing should be under it now.",
                        "Items reported under this key",
                        "Version v2",
                        "Version v0");
        assertThat(page("/tenants/litware/keys/kv-litware.vault.azure.net/ledger")
                        .text())
                .contains("v2 1 of 1", "by 2026-07-23 10:00 UTC");
    }

    @Test
    void overviewCountsTheComponentsThatAreNotAsDecided() throws Exception {
        assertThat(page("/").text())
                .contains("Components that are not as decided")
                .containsPattern("\\d+ Late 1 Failed 1 Drifted 1 Unexpected key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/deadlines?tenant=adventure-0000", "/tenants/adventure-0000/environments/works-000000"})
    void pagesTellWhenComponentsBecomeLate(String address) throws Exception {
        assertThat(page(address).text())
                .contains("2026-08-06 09:00 UTCin 2 days Components become late")
                .doesNotContain("Decision changes");
    }

    @Test
    void pageOfAKeyAnswersWhetherAVersionMayBeDisabled() throws Exception {
        String key = "/tenants/northwind/keys/kv-northwind.vault.azure.net/orders";
        assertThat(page(key).text()).doesNotContain("Not safe");
        assertThat(page(key + "?ask=disable&version=v1&at=").text()).contains("Not safe Do not disable version v1");
        assertThat(page(key + "?ask=disable&version=v9&at=2027-01-01").text()).contains("version v9");
    }

    @Test
    void keysAreListedByTenantAndVaultWithTheirStandingAndALinkToThePortal() throws Exception {
        String keys = page("/keys?tenant=northwind").text();
        assertThat(keys)
                .contains("kv-northwind.vault.azure.net of the tenant northwind")
                .containsPattern(
                        "orders portal \\d+ \\S+ not known Cannot be used 2026-\\S+ \\S+ UTC access removed Not while it is in use");
        assertThat(get("/keys?tenant=northwind").body())
                .contains("href=\"" + ConsoleProgram.PORTAL + "kv-northwind.vault.azure.net/orders\"");
        assertThat(page("/keys?standing=revoked").text()).contains("northwind").doesNotContain("adventure-0000");
        assertThat(page("/keys?vault=kv-litware.vault.azure.net").text())
                .contains("1 key.", "kv-litware.vault.azure.net of the tenant litware");
    }

    @Test
    void tenantsAreListedWithTheirStatesAndLimits() throws Exception {
        assertThat(page("/tenants").text())
                .containsPattern("adventure-0000 \\d+ · keys Customer-managed key \\d+ .*places are used");
        assertThat(page("/tenants?state=LOCKED").text()).contains(HOSTILE, "Locked");
    }

    @Test
    void guidedQuestionIsAnsweredByItsAddressAlone() throws Exception {
        String answer =
                page("/whatif?question=disable&tenantId=contoso&vaultUri=https%3A%2F%2Fkv-contoso.vault.azure.net"
                                + "&keyName=hr&keyVersion=")
                        .text();
        assertThat(answer)
                .contains("What would change", "Customer-managed key → Locked")
                .contains("Policy status: Succeeded → Warning");
    }

    @Test
    void eventLinesAreAnsweredAsThePageSendsThem() throws Exception {
        String lines = "lines=" + java.net.URLEncoder.encode("""
                {"topic":"policy-removed","value":{"eventId":"x","tenantId":"contoso","occurredAt":"2026-08-04T02:00:00Z","environmentId":"hr-prod","policyId":"cmk-hr"}}
                <b>no event""", StandardCharsets.UTF_8);
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create(console.uri() + "/whatif"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(lines))
                        .build(),
                BodyHandlers.ofString());
        assertThat(Html.read(answer.body()).text())
                .contains(
                        "Line 2 would be refused",
                        "Customer-managed key → Microsoft-managed key",
                        "Policy: cmk-hr → none",
                        "Allowed again:");
    }

    @Test
    void whatIsNotKnownIsReportedOnAPageOfItsOwn() throws Exception {
        for (String address :
                new String[] {"/tenants/nobody", "/tenants/contoso/environments/none", "/environments?after=x"}) {
            HttpResponse<String> answer = get(address);
            assertThat(answer.statusCode()).as(address).isBetween(400, 404);
            assertThat(Html.read(answer.body()).text()).contains("overview");
        }
        assertThat(get("/environments?state=LOST").statusCode()).isEqualTo(400);
    }

    @Test
    void hostileNamesAreShownAsTheyAre() throws Exception {
        Html found = page("/environments?state=LOCKED&tenant=" + encoded(HOSTILE));
        assertThat(found.text()).contains(HOSTILE, "Locked");
        Optional<String> link = found.links().stream()
                .filter(one -> one.contains("/environments/"))
                .findFirst();
        assertThat(page(link.orElseThrow()).text()).contains(HOSTILE, "Key revoked", "event " + HOSTILE + "3");
        assertThat(page("/search?q=" + encoded(HOSTILE)).text()).contains(HOSTILE, "Policy");
        assertThat(page("/tenants/" + encoded(HOSTILE) + "/keys/kv-hostile.vault.azure.net/main")
                        .text())
                .contains(HOSTILE, "kv-hostile.vault.azure.net");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reversed | Fin\uFFFDance
            hebrew   | \u2068כספים\u2069
            """)
    void aDisplayNameDoesNotReorderThePageAroundIt(String environment, String shown) throws Exception {
        assertThat(page("/tenants/treyresearch/environments/" + environment).text())
                .contains("Hosted machines of environment \"" + shown + "\" (" + environment + "): 2.");
        assertThat(page("/search?q=" + environment.substring(1)).text())
                .contains(environment + " Environment " + shown + ", treyresearch");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            orders-prod                 | /tenants/northwind/environments/orders-prod
            NORTHWIND/orders-prod       | /tenants/northwind/environments/orders-prod
            kv-northwind.vault.azure.net/orders | /tenants/northwind/keys/kv-northwind.vault.azure.net/orders
            kv-northwind.vault.azure.net | /keys?vault=kv-northwind.vault.azure.net
            key revoked                 | /environments?warning=KEY_REVOKED
            """)
    void aSearchForAWholeNameLeadsToItsPage(String text, String page) throws Exception {
        HttpResponse<String> answer = get("/search?q=" + encoded(text));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(page);
        assertThat(page(page).text()).contains("Everything is known");
    }

    @Test
    void aSearchForAPartShowsWhatHasItAndWhereItIs() throws Exception {
        assertThat(page("/search?q=rders").text())
                .contains("orders-prod Environment", "northwind", "orders Key kv-northwind.vault.azure.net, northwind");
        assertThat(page("/search?q=no-such-thing").text()).contains("No name contains this text.");
        assertThat(page("/environments?q=rders-p").text()).contains("orders-prod", "1 environment.");
    }

    @Test
    void suggestionsAreAListThatFormsCanUse() throws Exception {
        String options = get("/search/options?q=rders&kind=KEY").body();
        assertThat(options)
                .contains(
                        "role=\"option\"", "tenantId=northwind&amp;vaultUri=https%3A%2F%2Fkv-northwind.vault.azure.net")
                .doesNotContain("Environment", "<html");
        assertThat(get("/search/options?q=" + encoded(HOSTILE)).body()).doesNotContain("<script");
        assertThat(get("/search/options?q=").body()).isBlank();
    }

    @Test
    void aPageIsNotSentAgainWhileNothingChanges() throws Exception {
        HttpResponse<String> page = get("/environments");
        HttpResponse<String> again = CLIENT.send(
                HttpRequest.newBuilder(URI.create(console.uri() + "/environments"))
                        .header(
                                "If-None-Match",
                                page.headers().firstValue("ETag").orElseThrow())
                        .build(),
                BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(page.body()).contains("data-live=\"true\"", "data-allowed=\"60\"");
        assertThat(get("/whatif").body()).doesNotContain("data-live");
    }

    @Test
    void pagesAllowOnlyWhatThisHostServes() throws Exception {
        HttpResponse<String> answer = get("/");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'self';")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void assetsAreKeptUnderAHashOfTheirContent() throws Exception {
        HttpResponse<String> script = get(Assets.address("htmx.min.js"));
        assertThat(script.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(get("/assets/0000000000000000/htmx.min.js").statusCode()).isEqualTo(404);
        assertThat(get(Assets.address("htmx.min.js").replace("htmx.min.js", "NOTICE"))
                        .statusCode())
                .isEqualTo(404);
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
