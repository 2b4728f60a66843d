package io.keyward.ops.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An endpoint that decides by itself whom it answers, before it reads what they send.
class RequestAdmissionTest {
    private static final int LARGEST_BODY = 3;

    private final List<String> calls = new ArrayList<>();
    private final Router router = new Router(
            List.of(new Guarded(), EchoEndpoint.get("/open", _ -> "open")),
            Gate.OPEN,
            new ForeignPages(Set.of("localhost")),
            LARGEST_BODY,
            1);

    /// Admits authenticated callers.
    private final class Guarded implements Endpoint {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/guarded/{name}";
        }

        @Override
        public String summary() {
            return "";
        }

        @Override
        public RequestAdmission admit(EndpointRequest request) {
            if (request.bearerToken().filter(request.variable("name")::equals).isEmpty()) {
                return RequestAdmission.refused(EndpointResponse.problem(401, "Say who you are."));
            }
            calls.add("begin");
            return RequestAdmission.granted(() -> calls.add("end"));
        }

        @Override
        public EndpointResponse reply(EndpointRequest request) {
            calls.add("reply");
            if (request.body().length == 0) {
                throw new IllegalStateException("no body");
            }
            return EndpointResponse.text("");
        }

        @Override
        public boolean acceptsAnyOrigin() {
            return true;
        }

        @Override
        public void answered(int status) {
            calls.add(Integer.toString(status));
        }
    }

    @Test
    void whoIsAdmittedIsAnswered() throws Exception {
        assertThat(post("Bearer me", body(1)).status()).isEqualTo(200);
        assertThat(calls).containsExactly("begin", "reply", "end", "200");
    }

    @Test
    void theBodyOfWhoIsNotAdmittedIsNotRead() throws Exception {
        assertThat(post("Bearer you", unreadable()).status()).isEqualTo(401);
        assertThat(calls).containsExactly("401");
    }

    @Test
    void theAdmissionEndsHoweverTheRequestEnds() throws Exception {
        assertThat(post("Bearer me", body(LARGEST_BODY + 1)).status()).isEqualTo(413);
        assertThat(post("Bearer me", body(0)).status()).isEqualTo(500);
        assertThat(post("Bearer me", unreadable()).status()).isEqualTo(408);
        assertThat(calls).containsExactly("begin", "end", "413", "begin", "reply", "end", "500", "begin", "end", "408");
    }

    /// Jetty's own failures are of several kinds.
    @Test
    void aBodyThatCannotBeReadForAnyReasonIsAnswered408() {
        InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] bytes, int offset, int length) {
                throw new IllegalStateException("early end");
            }
        };
        assertThat(post("Bearer me", broken).status()).isEqualTo(408);
    }

    @Test
    void theEndpointReceivesWhatTheRouterAnswersAtItsPath() throws Exception {
        assertThat(send("GET", "/guarded/me", Map.of(), unreadable()).status()).isEqualTo(405);
        assertThat(send("GET", "/open", Map.of(), unreadable()).status()).isEqualTo(200);
        assertThat(send("GET", "/guarded", Map.of(), unreadable()).status()).isEqualTo(404);
        assertThat(calls).containsExactly("405");
    }

    @ParameterizedTest
    @CsvSource({"host, hooks.example.com", "origin, https://eventgrid.azure.net", "sec-fetch-site, cross-site"})
    void onlyAnEndpointThatAcceptsAnyOriginAnswersOtherSites(String header, String value) throws Exception {
        Map<String, String> headers = Map.of("authorization", "Bearer me", header, value);
        assertThat(send("POST", "/guarded/me", headers, body(1)).status()).isEqualTo(200);
        assertThat(send("POST", "/open", headers, body(1)).status()).isIn(403, 421);
        assertThat(send("POST", "/nowhere", headers, body(1)).status()).isIn(403, 421);
    }

    @ParameterizedTest
    @CsvSource({"Bearer me, 200", "bearer  me, 200", "Basic me, 401", "Bearer, 401", "me, 401", "Bearer me me, 401"})
    void theBearerTokenIsWhatFollowsItsScheme(String authorization, int status) throws Exception {
        assertThat(post(authorization, body(1)).status()).isEqualTo(status);
    }

    private EndpointResponse post(String authorization, InputStream body) {
        return send("POST", "/guarded/me", Map.of("authorization", authorization), body);
    }

    private EndpointResponse send(String method, String path, Map<String, String> headers, InputStream body) {
        return router.reply(new EndpointRequest(method, path, Map.of(), "", headers, new byte[0]), body);
    }

    private static InputStream body(int length) {
        return new ByteArrayInputStream(new byte[length]);
    }

    /// Fails when it is read.
    private static InputStream unreadable() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();
        return closed;
    }
}
