package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeMetricsTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final AtomicInteger tenants = new AtomicInteger(2);
    private final IntakeMetrics metrics = new IntakeMetrics("1.2.3", Flows.PROFILE, now::get);

    @AfterEach
    void close() {
        metrics.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 413, 429, 503})
    void anAnswerIsCountedFromZeroOnSoThatTheFirstIsSeen(int status) {
        String series = "keyward_intake_requests_total{status=\"%d\"}".formatted(status);
        assertThat(scrape().samples()).containsEntry(series, 0.0);
        metrics.answered(status);
        assertThat(scrape().samples()).containsEntry(series, 1.0);
    }

    @Test
    void itemsAreCountedByWhatBecameOfThem() {
        metrics.watchSource("event-grid");
        metrics.item("event-grid", "KeyExpired", "fact");
        metrics.item("event-grid", "KeyExpired", "fact");
        assertThat(scrape().samples())
                .containsEntry(items("event-grid", "fact", "KeyExpired"), 2.0)
                .containsEntry(items("event-grid", "refused", "other"), 0.0);
    }

    @Test
    void theAgeOfASourceCountsFromItsLastDeliveryAndBeforeThatFromTheStart() {
        metrics.watchSource("event-grid");
        metrics.watchSource("other");
        now.set(START.plusSeconds(60));
        metrics.delivered("event-grid", Duration.ofMillis(20));
        now.set(START.plusSeconds(90));
        assertThat(scrape().samples())
                .containsEntry("keyward_intake_last_delivery_age_seconds{source=\"event-grid\"}", 30.0)
                .containsEntry("keyward_intake_last_delivery_age_seconds{source=\"other\"}", 90.0)
                .containsEntry("keyward_intake_publish_seconds_count", 1.0)
                .containsEntry("keyward_intake_publish_seconds_bucket{le=\"0.01\"}", 0.0)
                .containsEntry("keyward_intake_publish_seconds_bucket{le=\"0.025\"}", 1.0);
    }

    @Test
    void aSourceThatIsNotConfiguredHasNoAge() {
        metrics.watchSource("event-grid");
        assertThat(scrape().series("keyward_intake_last_delivery_age_seconds"))
                .containsExactly("keyward_intake_last_delivery_age_seconds{source=\"event-grid\"}");
    }

    @Test
    void whatIsWatchedIsReadAtEachScrape() {
        metrics.watchTenants(tenants::get);
        tenants.set(7);
        assertThat(scrape().samples()).containsEntry("keyward_intake_tenants", 7.0);
    }

    @Test
    void theDocumentNamesEveryMetricOfItsOwn() throws IOException {
        fill();
        Map<String, String> real = new TreeMap<>(scrape().types());
        real.keySet().removeIf(name -> !name.startsWith("keyward_intake_"));
        assertThat(real)
                .isNotEmpty()
                .containsExactlyInAnyOrderEntriesOf(DocumentedMetrics.of("## Of an intake", "keyward_intake_"));
    }

    @Test
    void theLinterOfPrometheusIsContent() throws Exception {
        fill();
        Promtool.assertHasNothingToSayAbout(scrape());
    }

    private void fill() {
        metrics.watchSource("event-grid");
        metrics.watchTenants(() -> 1);
    }

    private static String items(String source, String result, String type) {
        return "keyward_intake_items_total{result=\"%s\",source=\"%s\",type=\"%s\"}".formatted(result, source, type);
    }

    private Scrape scrape() {
        return Scrape.of(metrics);
    }
}
