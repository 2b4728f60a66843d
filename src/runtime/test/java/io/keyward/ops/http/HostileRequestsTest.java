package io.keyward.ops.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What no HTTP client sends, and what a foreign page could make a browser send.
class HostileRequestsTest {
    private static final String END = "Connection: close\r\n\r\n";

    private final AtomicBoolean virtual = new AtomicBoolean();
    private final HttpEndpoint endpoint = HttpEndpoint.start(
            LocalHttp.options(HttpFiles.NONE),
            List.of(
                    EchoEndpoint.get("/here", _ -> {
                        virtual.set(Thread.currentThread().isVirtual());
                        return "here";
                    }),
                    EchoEndpoint.post("/form", request -> "received " + request.form()),
                    new EchoEndpoint(
                            "GET",
                            "/style.css",
                            _ -> new EndpointResponse(200, "text/css", "").with("Cache-Control", "max-age=3600"))));

    @AfterEach
    void close() {
        endpoint.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "no host                  | 400 | GET /here HTTP/1.1\\n",
                "two hosts                | 400 | GET /here HTTP/1.1\\nHost: localhost\\nHost: localhost\\n",
                "a host that is not a name | 400 | GET /here HTTP/1.1\\nHost: a b\\n",
                "two lengths              | 400 | POST /form HTTP/1.1\\nHost: localhost\\nContent-Length: 1\\nContent-Length: 2\\n",
                "a length and chunks      | 400 | POST /form HTTP/1.1\\nHost: localhost\\nContent-Length: 1\\nTransfer-Encoding: chunked\\n",
                "a folded header          | 400 | GET /here HTTP/1.1\\nHost: localhost\\nX: a\\n  b\\n",
                "a space before the colon | 400 | GET /here HTTP/1.1\\nHost : localhost\\n",
                "another authority        | 400 | GET http://evil.example/here HTTP/1.1\\nHost: localhost\\n",
                "no path                  | 400 | GET here HTTP/1.1\\nHost: localhost\\n",
                "a star                   | 400 | OPTIONS * HTTP/1.1\\nHost: localhost\\n",
                "an encoded slash         | 400 | GET /a%2fb HTTP/1.1\\nHost: localhost\\n",
                "the parent               | 400 | GET /../here HTTP/1.1\\nHost: localhost\\n",
                "an encoded parent        | 400 | GET /%2e%2E/here HTTP/1.1\\nHost: localhost\\n",
                "an empty segment         | 400 | GET //here HTTP/1.1\\nHost: localhost\\n",
                "an encoded null          | 400 | GET /here%00 HTTP/1.1\\nHost: localhost\\n",
                "half an encoding         | 400 | GET /here%4 HTTP/1.1\\nHost: localhost\\n",
                "an unknown protocol      | 505 | GET /here HTTP/7.0\\nHost: localhost\\n",
            })
    void aMalformedRequestIsRefused(String what, int status, String request) throws Exception {
        assertRefused(request.replace("\\n", "\r\n") + END, status);
    }

    @Test
    void headersAreLimited() throws Exception {
        assertRefused(get("/here") + "X: " + "x".repeat(100_000) + "\r\n" + END, 431);
        assertRefused(get("/here") + "X: y\r\n".repeat(20_000) + END, 431);
    }

    @Test
    void theUriIsLimited() throws Exception {
        assertRefused(get("/" + "x".repeat(10_000)) + END, 414);
    }

    @Test
    void theBodyIsLimited() throws Exception {
        String large = "x".repeat(LocalHttp.LARGEST_BODY + 1);
        assertRefused(post("Content-Length: " + large.length()) + large, 413);
        assertRefused(
                post("Transfer-Encoding: chunked") + Integer.toHexString(large.length()) + "\r\n" + large
                        + "\r\n0\r\n\r\n",
                413);
    }

    @Test
    void theBodyIsWhole() throws Exception {
        try (RawClient client = new RawClient(endpoint.port())) {
            client.send(post("Content-Length: 10") + "x");
            client.end();
            assertThat(client.rest()).startsWith("HTTP/1.1 408 ").contains("\r\nConnection: close\r\n");
        }
        assertRefused(post("Transfer-Encoding: chunked") + "no number\r\n", 408);
    }

    /// The server closes the connection then, and a client that did not know would send its next request into it.
    @Test
    void anAnswerBeforeTheEndOfABodyIsTheLastOfTheConnection() throws Exception {
        try (RawClient client = new RawClient(endpoint.port())) {
            client.send("POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nx");
            assertThat(client.rest()).startsWith("HTTP/1.1 404 ").contains("\r\nConnection: close\r\n");
        }
    }

    @Test
    void anOldClientNeedNotNameTheHost() throws Exception {
        assertThat(answer("GET /here HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void everyRequestRunsOnAVirtualThread() throws Exception {
        answer(get("/here") + END);
        assertThat(virtual).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "LOCALHOST:9, 200",
        "127.0.0.1:80, 200",
        "[::1]:8080, 200",
        "keyward.evil.example, 421",
        "localhost.evil.example, 421",
        "evil.example:8080, 421"
    })
    void aNameThatHasBeenPointedAtThisMachineIsRefused(String host, int status) throws Exception {
        assertThat(answer("GET /here HTTP/1.1\r\nHost: " + host + "\r\n" + END)).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "X: y, 200",
        "Sec-Fetch-Site: same-origin, 200",
        "Sec-Fetch-Site: none, 200",
        "Sec-Fetch-Site: same-site, 403",
        "Sec-Fetch-Site: cross-site, 403",
        "Origin: http://localhost:8090, 200",
        "Origin: http://localhost:8091, 403",
        "Origin: https://evil.example, 403",
        "Origin: null, 403",
    })
    void aFormOfAnotherSiteIsRefused(String header, int status) throws Exception {
        String reply = answer("POST /form HTTP/1.1\r\nHost: localhost:8090\r\n" + header
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n" + END + "a=b");
        assertThat(reply).startsWith("HTTP/1.1 " + status + " ");
        assertThat(reply.contains("received {a=b}")).isEqualTo(status == 200);
    }

    @Test
    void anEndpointMayLetBrowsersKeepItsResponse() throws Exception {
        assertThat(answer(get("/style.css") + END))
                .contains("\r\nCache-Control: max-age=3600\r\n")
                .doesNotContain("no-store");
    }

    @Test
    void everyResponseHasTheSecurityHeaders() throws Exception {
        assertCareful(answer(get("/here") + END));
        assertCareful(answer(get("/nowhere") + END));
    }

    private void assertRefused(String request, int status) throws Exception {
        String reply = answer(request);
        assertThat(reply)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("\r\nContent-Type: application/problem+json\r\n")
                .contains("{\"type\":\"about:blank\",\"title\":", "\"status\":" + status + ",\"detail\":");
        assertCareful(reply);
    }

    private static void assertCareful(String reply) {
        Map.of(
                        "X-Content-Type-Options", "nosniff",
                        "Cache-Control", "no-store",
                        "Referrer-Policy", "no-referrer",
                        "Content-Security-Policy",
                                "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
                .forEach((name, value) -> assertThat(reply).contains("\r\n" + name + ": " + value + "\r\n"));
        assertThat(reply).doesNotContainIgnoringCase("\r\nServer:").doesNotContainIgnoringCase("jetty");
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n";
    }

    private static String post(String length) {
        return "POST /form HTTP/1.1\r\nHost: localhost\r\n" + length + "\r\n" + END;
    }

    private String answer(String request) throws Exception {
        return RawClient.answer(endpoint.port(), request);
    }
}
