package io.keyward.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.ops.http.EndpointRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The access log names the tenants that a request is about.
class AccessLogTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    private static String tenants(Map<String, String> variables, String query, String type, String body) {
        return AccessLog.tenants(new EndpointRequest(
                "POST",
                "/whatif",
                variables,
                query,
                Map.of("content-type", type),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String line(String tenant) {
        return """
                {"topic":"key-rotated","value":{"tenantId" : "%s","newVersion":"v2"}}
                """.formatted(tenant);
    }

    @Test
    void ofAPathOrAParameter() {
        assertThat(tenants(Map.of("tenant", "contoso"), "", "", "")).isEqualTo("contoso");
        assertThat(tenants(Map.of(), "tenant=fabrikam", "", "")).isEqualTo("fabrikam");
        assertThat(tenants(Map.of(), "question=disable&tenantId=tailspin", "", ""))
                .isEqualTo("tailspin");
        assertThat(tenants(Map.of(), "", "", "")).isEmpty();
    }

    @Test
    void ofTheEventLinesOfAWhatIf() {
        String lines = line("fabrikam") + line("contoso") + line("fabrikam");
        assertThat(tenants(Map.of(), "", "text/plain", lines)).isEqualTo("contoso fabrikam");
        assertThat(tenants(Map.of(), "", FORM, "lines=" + URLEncoder.encode(lines, StandardCharsets.UTF_8)))
                .isEqualTo("contoso fabrikam");
    }

    @Test
    void noneOfMany() {
        String lines =
                IntStream.range(0, 4).mapToObj(number -> line("t" + number)).collect(Collectors.joining());
        assertThat(tenants(Map.of(), "", "text/plain", lines)).isEmpty();
    }

    @Test
    void whatCannotBeReadNamesNone() {
        assertThat(tenants(Map.of(), "tenant=%ff", FORM, "lines=%ff")).isEmpty();
        assertThat(tenants(Map.of(), "", "text/plain", line("a\\nb"))).isEmpty();
    }
}
