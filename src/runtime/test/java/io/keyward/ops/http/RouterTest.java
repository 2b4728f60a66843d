package io.keyward.ops.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which endpoint answers, and what it is given.
class RouterTest {
    private static final Map<String, String> FORM =
            Map.of("content-type", "application/x-www-form-urlencoded; charset=utf-8");

    private static final ForeignPages ANY_PAGE = new ForeignPages(Set.of());

    private final Router router = router(
            EchoEndpoint.get("/tenants/{tenant}", request -> "tenant " + request.variable("tenant")),
            EchoEndpoint.get("/tenants/all", _ -> "all tenants"),
            EchoEndpoint.get(
                    "/tenants/{tenant}/keys/{key}",
                    request -> request.variable("tenant") + " has " + request.variable("key")),
            EchoEndpoint.get("/search", request -> request.parameter("q").orElse("nothing")),
            EchoEndpoint.post("/tenants/all", request -> "posted " + body(request)),
            EchoEndpoint.post("/form", request -> request.form().toString()),
            EchoEndpoint.get("/refuses", _ -> {
                throw new BadRequestException("The limit is not a number.");
            }),
            EchoEndpoint.get("/fails", _ -> {
                throw new IllegalStateException("a detail for the log");
            }));

    @ParameterizedTest
    @CsvSource({
        "/tenants/contoso, tenant contoso",
        "/tenants/all, all tenants",
        "/tenants/a%20b%2B+%C3%A9, tenant a b++é",
        "/tenants/%7Btenant%7D, tenant {tenant}",
        "/tenants/a;b=c, tenant a;b=c",
        "/tenants/..., tenant ...",
        "/tenants/contoso/keys/vault%3A8443, contoso has vault:8443",
    })
    void aVariableIsOneDecodedSegment(String path, String answer) {
        assertThat(text(get(path))).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tenants",
                "/tenants/",
                "/tenants/a/",
                "/tenants/a/b",
                "/tenants//keys/k",
                "/Tenants/a",
                "//tenants/a"
            })
    void anotherPathIsNotFound(String path) {
        assertThat(get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tenants/a",
                "/tenants/.",
                "/tenants/..",
                "/tenants/%2e%2E",
                "/../tenants/a",
                "/tenants/a%2fb",
                "/tenants/a%5Cb",
                "/tenants/a\\b",
                "/tenants/%00",
                "/tenants/%0d%0a",
                "/tenants/%7f",
                "/tenants/%C2%85",
                "/tenants/%",
                "/tenants/%4",
                "/tenants/%zz",
                "/tenants/%C3",
                "/tenants/%c0%af",
                "/tenants/é"
            })
    void aPathThatCouldBeTakenForAnotherIsABadRequest(String path) {
        assertThat(get(path).status()).isEqualTo(400);
        assertThat(get(path).contentType()).isEqualTo("application/problem+json");
    }

    @Test
    void anotherMethodIsRefusedWithThoseThereAre() {
        EndpointResponse reply = reply("DELETE", "/tenants/all", Map.of(), "");
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.headers()).containsEntry("Allow", "GET, HEAD, POST");
        assertThat(reply("POST", "/tenants/contoso", Map.of(), "").headers()).containsEntry("Allow", "GET, HEAD");
        assertThat(reply("GET", "/form", Map.of(), "").headers()).containsEntry("Allow", "POST");
    }

    @Test
    void headIsAnsweredWhereGetIs() {
        assertThat(reply("HEAD", "/tenants/all", Map.of(), "").status()).isEqualTo(200);
        assertThat(reply("HEAD", "/form", Map.of(), "").status()).isEqualTo(405);
    }

    @Test
    void aBodyUpToTheLimitIsPassedOn() {
        assertThat(text(reply("POST", "/tenants/all", Map.of(), "x".repeat(11))))
                .isEqualTo("posted xxxxxxxxxxx");
        assertThat(reply("POST", "/tenants/all", Map.of(), "x".repeat(12)).status())
                .isEqualTo(413);
    }

    @Test
    void theBodyIsReadOnlyWhereOneIsAccepted() throws IOException {
        assertThat(router.reply(request("GET", "/search", Map.of()), unreadable())
                        .status())
                .isEqualTo(200);
        assertThat(router.reply(request("POST", "/search", Map.of()), unreadable())
                        .status())
                .isEqualTo(405);
        assertThat(router.reply(request("POST", "/nowhere", Map.of()), unreadable())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aFormIsRead() {
        assertThat(text(reply("POST", "/form", FORM, "a=1+%26&a="))).isEqualTo("{a=1 &}");
        assertThat(text(reply("POST", "/form", Map.of(), "a=1"))).isEqualTo("{}");
    }

    @Test
    void aParameterIsDecodedAndTheFirstCounts() throws IOException {
        EndpointRequest request =
                new EndpointRequest("GET", "/search", Map.of(), "p=1&q=a+%2B%26&q=2", Map.of(), new byte[0]);
        assertThat(text(router.reply(request, unreadable()))).isEqualTo("a +&");
        assertThat(text(get("/search"))).isEqualTo("nothing");
    }

    @Test
    void whatAnEndpointRefusesIsABadRequestWithItsReason() {
        assertThat(get("/refuses").status()).isEqualTo(400);
        assertThat(text(get("/refuses"))).contains("The limit is not a number.");
    }

    @Test
    void anEndpointThatFailsRevealsNoMoreThanThat() {
        assertThat(get("/fails").status()).isEqualTo(500);
        assertThat(text(get("/fails"))).contains("/fails").doesNotContain("detail for");
    }

    @Test
    void theIndexGivesWayToAnEndpointAtTheRoot() {
        assertThat(text(get("/"))).contains("/search");
        assertThat(text(reply(router(EchoEndpoint.get("/", _ -> "the console")), "GET", "/", Map.of(), "")))
                .isEqualTo("the console");
    }

    @Test
    void onlySoManyRequestsAreAnsweredAtATime() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Router narrow = new Router(
                List.of(EchoEndpoint.get("/slow", _ -> {
                    started.countDown();
                    awaitUninterrupted(released);
                    return "done";
                })),
                Gate.OPEN,
                ANY_PAGE,
                0,
                1);
        Thread first = Thread.startVirtualThread(() -> reply(narrow, "GET", "/slow", Map.of(), ""));
        started.await();
        EndpointResponse refusal = reply(narrow, "GET", "/slow", Map.of(), "");
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.headers()).containsEntry("Retry-After", "1");
        released.countDown();
        first.join();
        assertThat(reply(narrow, "GET", "/slow", Map.of(), "").status()).isEqualTo(200);
    }

    private static Router router(Endpoint... endpoints) {
        return new Router(List.of(endpoints), Gate.OPEN, ANY_PAGE, 11, 1);
    }

    private EndpointResponse get(String path) {
        return reply("GET", path, Map.of(), "");
    }

    private EndpointResponse reply(String method, String path, Map<String, String> headers, String body) {
        return reply(router, method, path, headers, body);
    }

    private static EndpointResponse reply(
            Router router, String method, String path, Map<String, String> headers, String body) {
        return router.reply(
                request(method, path, headers), new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static EndpointRequest request(String method, String path, Map<String, String> headers) {
        return new EndpointRequest(method, path, Map.of(), "", headers, new byte[0]);
    }

    /// Fails when it is read.
    private static InputStream unreadable() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();
        return closed;
    }

    private static String text(EndpointResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static String body(EndpointRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
