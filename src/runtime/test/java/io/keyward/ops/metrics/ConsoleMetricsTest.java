package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.Route;
import io.keyward.ops.metrics.ConsoleMetrics.Progress;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleMetricsTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final AtomicReference<Progress> progress =
            new AtomicReference<>(new Progress(false, 12, Optional.empty(), 3));
    private final ConsoleMetrics metrics = new ConsoleMetrics("1.2.3", Flows.PROFILE);

    @BeforeEach
    void watch() {
        metrics.watch(progress::get, now::get);
    }

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void whileItReadsItReportsHowMuchIsLeftAndHowLongItHasTaken() {
        now.set(START.plusSeconds(90));
        assertThat(scrape().samples())
                .containsEntry("keyward_console_ready", 0.0)
                .containsEntry("keyward_console_lag_records", 12.0)
                .containsEntry("keyward_console_records_total", 3.0)
                .containsEntry("keyward_console_caught_up_age_seconds", 90.0);
    }

    @Test
    void onceItHasReadEverythingTheAgeCountsFromThen() {
        progress.set(new Progress(true, 0, Optional.of(START.plusSeconds(60)), 100));
        now.set(START.plusSeconds(90));
        assertThat(scrape().samples())
                .containsEntry("keyward_console_ready", 1.0)
                .containsEntry("keyward_console_caught_up_age_seconds", 30.0);
    }

    @Test
    void requestsAreCountedByPathAndStatusAndNameNobody() {
        answer(() -> EndpointResponse.text("found"));
        answer(() -> EndpointResponse.problem(404, "There is none."));
        assertThatThrownBy(() -> answer(() -> {
                    throw new IllegalStateException("a defect");
                }))
                .hasMessage("a defect");
        assertThat(scrape().samples())
                .containsEntry(count("200"), 1.0)
                .containsEntry(count("404"), 1.0)
                .containsEntry(count("500"), 1.0);
        assertThat(metrics.scrape("text/plain")).doesNotContain("contoso");
    }

    @Test
    void theDocumentNamesEveryMetricOfItsOwn() throws IOException {
        answer(() -> EndpointResponse.text("found"));
        Map<String, String> real = new TreeMap<>(scrape().types());
        real.keySet().removeIf(name -> !name.startsWith("keyward_console_"));
        assertThat(real)
                .isNotEmpty()
                .containsExactlyInAnyOrderEntriesOf(DocumentedMetrics.of("## Of a console", "keyward_console_"));
    }

    @Test
    void theLinterOfPrometheusIsContent() throws Exception {
        answer(() -> EndpointResponse.text("found"));
        Promtool.assertHasNothingToSayAbout(scrape());
    }

    private void answer(Supplier<EndpointResponse> response) {
        metrics.measured(new Route("/api/v1/tenants/{tenant}", "a tenant", _ -> response.get()))
                .reply(new EndpointRequest(
                        "GET", "/api/v1/tenants/contoso", Map.of("tenant", "contoso"), "", Map.of(), new byte[0]));
    }

    private static String count(String status) {
        return "keyward_console_request_seconds_count{path=\"/api/v1/tenants/{tenant}\",status=\"" + status + "\"}";
    }

    private Scrape scrape() {
        return Scrape.of(metrics);
    }
}
