package io.keyward.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.keyward.config.AccessSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.console.access.ConsoleGate;
import io.keyward.console.access.TestProvider;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.Gate;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.http.HttpFiles;
import io.keyward.ops.http.HttpNames;
import io.keyward.ops.http.HttpOptions;
import io.keyward.ops.http.Route;
import io.keyward.testing.CapturedLog;
import io.keyward.testing.process.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a browser logs in, stays logged in, and logs out, at a provider on the loopback address.
class LoginTest {
    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private TestProvider provider;
    private ConsoleGate gate;
    private HttpEndpoint served;
    private final HttpClient client = HttpClient.newHttpClient();

    /// The cookies of the browser.
    private final Map<String, String> cookies = new LinkedHashMap<>();

    @BeforeEach
    void start() throws IOException {
        provider = TestProvider.start();
        int port = FreePorts.one();
        gate = new ConsoleGate(Gate.OPEN, settings("http://127.0.0.1:" + port), now::get);
        List<Endpoint> endpoints = new ArrayList<>(AccountPages.endpoints(gate, now::get));
        for (String path : List.of("/", "/tenants/{tenant}")) {
            endpoints.add(new Route(
                    path,
                    "who asks",
                    request -> EndpointResponse.text(request.caller().name() + " "
                            + request.caller()
                                    .tenants()
                                    .map(some ->
                                            some.stream().map(TenantId::value).collect(Collectors.joining(","))))));
        }
        served = HttpEndpoint.start(
                new HttpOptions("127.0.0.1", port, HttpFiles.NONE, HttpNames.CONSOLE, 1_000), endpoints, gate);
    }

    private AccessSettings settings(String address) throws IOException {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "keyward.console.oidc.issuer",
                provider.issuer().toString(),
                "keyward.console.oidc.audience",
                TestProvider.AUDIENCE,
                "keyward.console.oidc.client-id",
                TestProvider.CLIENT,
                "keyward.console.oidc.client-secret.file",
                file("secret", TestProvider.SECRET),
                "keyward.console.address",
                address,
                "keyward.console.session.lifetime",
                "PT1H",
                "keyward.console.session.key.file",
                file("key", "0123456789abcdef0123456789abcdef")));
        return new AccessSettings(
                KeywardConfig.load(Optional.empty(), Map.of(), settings).values());
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text + "\n").toString();
    }

    @AfterEach
    void stop() {
        served.close();
        gate.close();
        provider.close();
        client.close();
    }

    @Test
    void aBrowserLogsInAndComesBackToThePageThatItWanted() throws Exception {
        HttpResponse<String> answer = follow("/tenants/contoso?state=LOCKED");
        assertThat(answer.uri().toString()).endsWith("/tenants/contoso?state=LOCKED");
        assertThat(answer.body()).isEqualTo("somebody Optional[contoso]");
        assertThat(get("/").body()).isEqualTo("somebody Optional[contoso]");
    }

    @Test
    void theSessionIsForThisConsoleOnlyAndNotForScripts() throws Exception {
        String cookie = finish().headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .matches("__Host-keyward=[\\w.-]+; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax")
                .doesNotContain("Domain");
    }

    @Test
    void aSessionEnds() throws Exception {
        assertThat(follow("/").statusCode()).isEqualTo(200);
        now.set(now.get().plus(Duration.ofMinutes(59)));
        assertThat(get("/").statusCode()).isEqualTo(200);
        now.set(now.get().plus(Duration.ofMinutes(2)));
        assertThat(get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void whoLogsOutIsLoggedOut() throws Exception {
        follow("/");
        HttpResponse<String> answer = post("/logout");
        assertThat(answer.body()).contains("You are logged out");
        assertThat(cookies.get("__Host-keyward")).isEmpty();
        assertThat(get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void aSessionThatSomebodyHasEndedIsOverWhoeverKeptItsCookie() throws Exception {
        follow("/");
        String kept = cookies.get("__Host-keyward");
        post("/logout");
        cookies.put("__Host-keyward", kept);
        assertThat(get("/").statusCode()).isEqualTo(303);
        cookies.clear();
        assertThat(follow("/").statusCode()).isEqualTo(200);
    }

    @Test
    void sessionsOutliveTheProvider() throws Exception {
        follow("/");
        provider.close();
        assertThat(get("/").statusCode()).isEqualTo(200);
        cookies.clear();
        assertThat(follow("/").body()).contains("The OpenID provider is unavailable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\t/evil.example",
                "/\\evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "x"
            })
    void aLoginLeadsToNoOtherSite(String to) throws Exception {
        HttpResponse<String> answer = follow("/login?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8));
        assertThat(answer.uri()).isEqualTo(served.uri().resolve("/"));
    }

    @Test
    void aResponseThatThisBrowserHasNotRequestedIsRefused() throws Exception {
        String answered = answered();
        assertRefused(get(answered.replaceFirst("state=[^&]+", "state=forged")), "not started in this browser");
        assertRefused(get(answered.replaceFirst("&state=[^&]+", "")), "not started in this browser");
        assertRefused(get(answered.replaceFirst("iss=[^&]+", "iss=https://evil.example")), "another provider");
        cookies.clear();
        assertRefused(get(answered), "not started in this browser");
    }

    @Test
    void aLoginThatTakesTooLongIsRefused() throws Exception {
        String answered = answered();
        now.set(now.get().plus(Duration.ofMinutes(11)));
        assertRefused(get(answered), "took too long");
    }

    @Test
    void aCodeCountsOnce() throws Exception {
        String answered = answered();
        assertThat(get(answered).statusCode()).isEqualTo(303);
        cookies.remove("__Host-keyward");
        assertRefused(get(answered), "is unavailable");
    }

    @Test
    void aTokenOfAnotherLoginIsRefused() throws Exception {
        provider.customizeClaims(claims -> claims.claim("nonce", "another"));
        assertRefused(finish(), "another login");
    }

    @Test
    void aTokenForTheApiIsNoneForALogin() throws Exception {
        provider.customizeClaims(claims -> claims.audience(TestProvider.AUDIENCE));
        assertRefused(finish(), "could not be verified");
    }

    @Test
    void whoMaySeeNothingGetsAReason() throws Exception {
        provider.customizeClaims(UnaryOperator.identity());
        assertRefused(finish(), "keyward_tenants' names none");
    }

    @Test
    void moreTenantsThanASessionHoldsAreAClearRefusal() throws Exception {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add("tenant-with-a-long-name-" + i);
        }
        provider.customizeClaims(claims -> claims.claim(TestProvider.CLAIM, many));
        assertRefused(finish(), "more tenants than a session can hold");
    }

    @Test
    void whatTheConsoleHasNotSignedAsASessionIsNone() throws Exception {
        get("/login?to=/");
        cookies.put("__Host-keyward", cookies.get("__Host-keyward-login"));
        assertThat(get("/").statusCode()).as("a login that has begun").isEqualTo(303);
        cookies.put("__Host-keyward", provider.token(this::ofAll));
        assertThat(get("/").statusCode()).as("a token of the provider").isEqualTo(303);
    }

    @Test
    void aProgramIsNotSentToALogin() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(at("/")).header("Accept", "application/json"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"keyward\"");
        assertThat(send(HttpRequest.newBuilder(at("/"))
                                .header("Accept", "text/html")
                                .header("Authorization", "Bearer " + provider.token(this::ofAll)))
                        .body())
                .isEqualTo("somebody Optional.empty");
    }

    @Test
    void theAccessLogSaysWhoRequestedWhatAboutWhichTenantAndHoldsNoSecret() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            String answered = answered();
            get(answered);
            get("/account");
            get("/tenants/contoso?state=secret-query");
            get("/assets/0/console.css");
            String session = cookies.get("__Host-keyward");
            cookies.clear();
            get("/nowhere/secret-path");
            List<String> lines =
                    log.lines().stream().map(CapturedLog.Line::text).toList();
            assertThat(lines)
                    .contains(
                            "anonymous requested GET /login: 303",
                            "anonymous requested GET /login/callback: 303",
                            "somebody requested GET /account: 200",
                            "somebody requested GET /tenants/{tenant} about contoso: 200",
                            "anonymous requested GET an unknown path: 303");
            assertThat(String.join("\n", lines))
                    .doesNotContain(session, "secret-query", "secret-path", "assets", answered);
        }
    }

    private JWTClaimsSet.Builder ofAll(JWTClaimsSet.Builder claims) {
        return claims.claim(TestProvider.CLAIM, "all");
    }

    private static void assertRefused(HttpResponse<String> answer, String why) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains(why);
        assertThat(answer.headers().firstValue("Set-Cookie").filter(cookie -> cookie.startsWith("__Host-keyward=")))
                .isEmpty();
    }

    /// Where the provider sends the browser to after a login.
    private String answered() throws Exception {
        HttpResponse<String> started = get("/login?to=/");
        URI back = URI.create(get(started.headers().firstValue("Location").orElseThrow())
                .headers()
                .firstValue("Location")
                .orElseThrow());
        return back.getPath() + "?" + back.getRawQuery();
    }

    private HttpResponse<String> finish() throws Exception {
        return get(answered());
    }

    /// Follows where it is sent to, as a browser does.
    private HttpResponse<String> follow(String address) throws Exception {
        HttpResponse<String> answer = get(address);
        for (int hops = 0; answer.statusCode() / 100 == 3 && hops < 5; hops++) {
            answer = get(answer.headers().firstValue("Location").orElseThrow());
        }
        return answer;
    }

    private URI at(String address) {
        return served.uri().resolve(address);
    }

    private HttpResponse<String> get(String address) throws Exception {
        return send(HttpRequest.newBuilder(at(address)).header("Accept", "text/html,*/*"));
    }

    private HttpResponse<String> post(String address) throws Exception {
        return send(HttpRequest.newBuilder(at(address)).POST(BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        answer.headers().allValues("Set-Cookie").forEach(cookie -> {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        });
        return answer;
    }
}
