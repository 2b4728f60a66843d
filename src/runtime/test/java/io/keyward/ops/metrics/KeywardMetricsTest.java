package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.RefusalCode;
import io.keyward.ops.health.RestoreProgress;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.RegistryUnavailableException;
import io.keyward.topology.BrokerTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeywardMetricsTest {
    private final AtomicLong nanos = new AtomicLong(-1_000);
    private final RestoreProgress restore = new RestoreProgress();
    private final RegistryHealth registry = new RegistryHealth();
    private final KeywardMetrics metrics =
            new KeywardMetrics("1.2.3", Flows.PROFILE, InstantSource.system(), nanos::get);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void namesAndTypesAreThoseOfTheContract() {
        watchEverything();
        assertThat(Scrape.of(metrics).types())
                .containsEntry("keyward_events_total", "counter")
                .containsEntry("keyward_decisions_total", "counter")
                .containsEntry("keyward_warnings_total", "counter")
                .containsEntry("keyward_suppressions_total", "counter")
                .containsEntry("keyward_dead_letters_total", "counter")
                .containsEntry("keyward_records_rerouted_total", "counter")
                .containsEntry("keyward_tenants_erased_total", "counter")
                .containsEntry("keyward_state_not_whole_total", "counter")
                .containsEntry("keyward_decision_latency_seconds", "histogram")
                .containsEntry("keyward_enforcement_lag_seconds", "histogram")
                .containsEntry("keyward_fanout_environments", "histogram")
                .containsEntry("keyward_last_event_age_seconds", "gauge")
                .containsEntry("keyward_restore_remaining_records", "gauge")
                .containsEntry("keyward_registry_failures_total", "counter")
                .containsEntry("keyward_registry_available", "gauge")
                .containsEntry("keyward_clock_ahead_seconds", "gauge")
                .containsEntry("keyward_build_info", "gauge");
    }

    @Test
    void everyMetricIsExplained() {
        watchEverything();
        Scrape scrape = Scrape.of(metrics);
        assertThat(scrape.helps().keySet()).isEqualTo(scrape.types().keySet());
        assertThat(scrape.helps().values()).noneMatch(String::isBlank);
    }

    @Test
    void theLinterOfPrometheusIsContent() throws Exception {
        watchEverything();
        flowOfEverything();
        Promtool.assertHasNothingToSayAbout(Scrape.of(metrics));
    }

    @Test
    void whatTheProductIsShowsInTheLabelsOfBuildInfo() {
        assertThat(Scrape.of(metrics).samples())
                .containsEntry("keyward_build_info{rule_profile=\"2024-07-23\",version=\"1.2.3\"}", 1.0);
    }

    @Test
    void eventsAreCountedByType() {
        metrics.flow().admitted(Flows.revocation());
        metrics.flow().admitted(Flows.revocation());
        metrics.flow().admitted(Flows.rotation());
        assertThat(Scrape.of(metrics).samples())
                .containsEntry("keyward_events_total{type=\"KeyRevoked\"}", 2.0)
                .containsEntry("keyward_events_total{type=\"KeyRotated\"}", 1.0)
                .containsEntry("keyward_events_total{type=\"PolicyApplied\"}", 0.0);
    }

    @Test
    void theTypesAreThoseThatCausesName() {
        assertThat(Scrape.of(metrics).series("keyward_events_total"))
                .hasSize(11)
                .contains("keyward_events_total{type=\"" + Flows.revocation().type() + "\"}");
    }

    @Test
    void theAgesAreThoseOfEventsThatOthersSend() {
        assertThat(Scrape.of(metrics).series("keyward_last_event_age_seconds"))
                .hasSameSizeAs(Topic.inputs())
                .doesNotContain(
                        "keyward_last_event_age_seconds{type=\"TimeReached\"}",
                        "keyward_last_event_age_seconds{type=\"TenantErased\"}");
    }

    @Test
    void theAgeOfTheLastEventRunsFromTheStartOrFromTheEvent() {
        nanos.addAndGet(Duration.ofSeconds(90).toNanos());
        metrics.flow().admitted(Flows.revocation());
        nanos.addAndGet(Duration.ofMillis(2_500).toNanos());
        assertThat(Scrape.of(metrics).samples())
                .containsEntry("keyward_last_event_age_seconds{type=\"KeyRevoked\"}", 2.5)
                .containsEntry("keyward_last_event_age_seconds{type=\"PolicyApplied\"}", 92.5);
    }

    @Test
    void decisionsAreCountedByStateAndStatus() {
        published(Flows.decision(EncryptionState.LOCKED, PolicyStatus.FAILED));
        assertThat(Scrape.of(metrics).samples())
                .containsEntry("keyward_decisions_total{policy_status=\"FAILED\",state=\"LOCKED\"}", 1.0)
                .containsEntry("keyward_decisions_total{policy_status=\"NONE\",state=\"MICROSOFT_MANAGED\"}", 0.0);
    }

    @Test
    void warningsAreCountedByCodeAsRaisedOrCleared() {
        published(Flows.raised(WarningCode.KEY_REVOKED));
        published(Flows.raised(WarningCode.KEY_REVOKED));
        published(Flows.cleared(WarningCode.KEY_REVOKED));
        assertThat(Scrape.of(metrics).samples())
                .containsEntry("keyward_warnings_total{code=\"KEY_REVOKED\",status=\"RAISED\"}", 2.0)
                .containsEntry("keyward_warnings_total{code=\"KEY_REVOKED\",status=\"CLEARED\"}", 1.0)
                .containsEntry("keyward_warnings_total{code=\"RETAIN_KEY\",status=\"RAISED\"}", 0.0);
    }

    @Test
    void signalsAreCountedBySinkAndAction() {
        published(Flows.suppression("lake"));
        published(Flows.allowance("lake"));
        published(Flows.allowance("a sink of an older profile"));
        assertThat(Scrape.of(metrics).samples())
                .containsEntry("keyward_suppressions_total{action=\"SUPPRESS\",sink=\"lake\"}", 1.0)
                .containsEntry("keyward_suppressions_total{action=\"ALLOW\",sink=\"lake\"}", 1.0)
                .containsEntry("keyward_suppressions_total{action=\"SUPPRESS\",sink=\"reports\"}", 0.0)
                .containsEntry("keyward_suppressions_total{action=\"ALLOW\",sink=\"a sink of an older profile\"}", 1.0);
    }

    @Test
    void retractionsAreNoDecisions() {
        published(Flows.retraction());
        assertThat(Scrape.of(metrics).samples())
                .containsEntry("keyward_decision_latency_seconds_count", 0.0)
                .containsEntry("keyward_decisions_total{policy_status=\"NONE\",state=\"DELETED\"}", 0.0);
    }

    @Test
    void deadLettersAreCountedByTopicAndReasonFromZero() {
        metrics.flow().refused("key-revoked", Flows.refusal(RefusalCode.INVALID_ID), Flows.RECORD);
        Scrape scrape = Scrape.of(metrics);
        assertThat(scrape.samples())
                .containsEntry("keyward_dead_letters_total{reason=\"INVALID_ID\",topic=\"key-revoked\"}", 1.0);
        assertThat(scrape.series("keyward_dead_letters_total"))
                .hasSize(
                        RefusalCode.values().length * Topic.readByTheProcessor().size());
    }

    @Test
    void reroutedRecordsAreCountedTogether() {
        metrics.flow().rerouted("key-revoked", Flows.RECORD);
        metrics.flow().rerouted("policy-applied", Flows.RECORD);
        assertThat(Scrape.of(metrics).samples()).containsEntry("keyward_records_rerouted_total", 2.0);
    }

    @Test
    void statesThatAreNotWholeAreCounted() {
        metrics.flow().stateIncomplete();
        assertThat(Scrape.of(metrics).samples()).containsEntry("keyward_state_not_whole_total", 1.0);
    }

    @Test
    void erasuresAreCounted() {
        metrics.flow().erased();
        assertThat(Scrape.of(metrics).samples()).containsEntry("keyward_tenants_erased_total", 1.0);
    }

    @Test
    void latencyIsAHistogramOfDecisionsInSeconds() {
        var decision = Flows.decision(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED);
        metrics.flow().published(decision, Duration.ofMillis(7), List::of);
        metrics.flow().published(decision, Duration.ofSeconds(2), List::of);
        metrics.flow().published(Flows.raised(WarningCode.KEY_REVOKED), Duration.ofSeconds(2), List::of);
        assertThat(Scrape.of(metrics).samples())
                .containsEntry("keyward_decision_latency_seconds_bucket{le=\"0.005\"}", 0.0)
                .containsEntry("keyward_decision_latency_seconds_bucket{le=\"0.01\"}", 1.0)
                .containsEntry("keyward_decision_latency_seconds_bucket{le=\"2.5\"}", 2.0)
                .containsEntry("keyward_decision_latency_seconds_bucket{le=\"60.0\"}", 2.0)
                .containsEntry("keyward_decision_latency_seconds_bucket{le=\"+Inf\"}", 2.0)
                .containsEntry("keyward_decision_latency_seconds_count", 2.0)
                .containsEntry("keyward_decision_latency_seconds_sum", 2.007);
    }

    @Test
    void aClockThatRunsAheadHidesNoDecision() {
        metrics.flow()
                .published(
                        Flows.decision(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED),
                        Duration.ofMillis(-3),
                        List::of);
        assertThat(Scrape.of(metrics).samples())
                .containsEntry("keyward_decision_latency_seconds_bucket{le=\"0.005\"}", 1.0);
    }

    @Test
    void fanOutIsAHistogramOfEnvironments() {
        metrics.flow().fannedOut(3);
        metrics.flow().fannedOut(5_000);
        assertThat(Scrape.of(metrics).samples())
                .containsEntry("keyward_fanout_environments_bucket{le=\"5.0\"}", 1.0)
                .containsEntry("keyward_fanout_environments_bucket{le=\"5000.0\"}", 2.0)
                .containsEntry("keyward_fanout_environments_sum", 5_003.0);
    }

    /// R30: 24 hours after a rotation, four days after anything else.
    @Test
    void theTimeUntilAKeyIsProvenIsAHistogramFromMinutesToDaysWithTheDeadlinesAmongItsBounds() {
        metrics.flow().proven(Duration.ofSeconds(50));
        metrics.flow().proven(Duration.ofDays(1));
        metrics.flow().proven(Duration.ofDays(4).plusMillis(1));
        assertThat(Scrape.of(metrics).samples())
                .containsEntry("keyward_enforcement_lag_seconds_bucket{le=\"60.0\"}", 1.0)
                .containsEntry("keyward_enforcement_lag_seconds_bucket{le=\"86400.0\"}", 2.0)
                .containsEntry("keyward_enforcement_lag_seconds_bucket{le=\"345600.0\"}", 2.0)
                .containsEntry("keyward_enforcement_lag_seconds_bucket{le=\"2592000.0\"}", 3.0);
    }

    @Test
    void whatIsLeftToRestoreIsAGauge() {
        metrics.watch(Map::of, restore);
        restore.onRestoreStart(new TopicPartition("changelog", 0), "environments", 100, 350);
        assertThat(Scrape.of(metrics).samples()).containsEntry("keyward_restore_remaining_records", 250.0);
    }

    @Test
    void anOutageOfTheRegistryIsCountedAndSeen() {
        metrics.watch(registry);
        assertThat(Scrape.of(metrics).samples())
                .containsEntry("keyward_registry_failures_total", 0.0)
                .containsEntry("keyward_registry_available", 1.0);

        registry.failed(new RegistryUnavailableException("gone"));
        registry.failed(new RegistryUnavailableException("gone"));
        assertThat(Scrape.of(metrics).samples())
                .containsEntry("keyward_registry_failures_total", 2.0)
                .containsEntry("keyward_registry_available", 0.0);

        registry.answered();
        assertThat(Scrape.of(metrics).samples())
                .containsEntry("keyward_registry_failures_total", 2.0)
                .containsEntry("keyward_registry_available", 1.0);
    }

    @Test
    void aStateFolderThatCannotBeUsedIsSeen() {
        AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());
        metrics.watchState(problem::get, () -> 2);
        assertThat(Scrape.of(metrics).samples()).containsEntry("keyward_state_folder_usable", 1.0);
        problem.set(Optional.of("full"));
        assertThat(Scrape.of(metrics).samples()).containsEntry("keyward_state_folder_usable", 0.0);
    }

    @Test
    void howFarTheClockIsAheadOfTheBrokersIsAGauge() {
        Instant brokers = Instant.parse("2026-03-01T10:00:00Z");
        BrokerTime time = new BrokerTime(() -> brokers.minusMillis(1_500), System::nanoTime);
        metrics.watch(time);
        assertThat(Scrape.of(metrics).samples()).containsEntry("keyward_clock_ahead_seconds", 0.0);
        try (BrokerTime.Interceptor interceptor = new BrokerTime.Interceptor()) {
            interceptor.configure(Map.of(BrokerTime.SETTING, time, BrokerTime.TOPIC_SETTING, "progress"));
            interceptor.onAcknowledgement(
                    new RecordMetadata(new TopicPartition("progress", 0), 0, 0, brokers.toEpochMilli(), 0, 0), null);
        }
        assertThat(Scrape.of(metrics).samples()).containsEntry("keyward_clock_ahead_seconds", -1.5);
    }

    @Test
    void noLabelHoldsATenantAnEnvironmentOrAKey() {
        flowOfEverything();
        assertThat(Scrape.of(metrics).text()).doesNotContain(Flows.secrets());
    }

    @Test
    void whatFlowsAddsHardlyASeries() {
        int before = Scrape.of(metrics).series("keyward_").size();
        flowOfEverything();
        assertThat(Scrape.of(metrics).series("keyward_")).hasSize(before).hasSizeLessThan(300);
    }

    @Test
    void ofTheJvmThereIsWhatAnOperatorUsesAndNoMore() {
        Scrape scrape = Scrape.of(metrics);
        assertThat(scrape.types().keySet())
                .contains(
                        "jvm_memory_used_bytes",
                        "jvm_memory_max_bytes",
                        "jvm_gc_overhead",
                        "jvm_threads_live_threads",
                        "process_cpu_usage",
                        "process_uptime_seconds",
                        "process_files_open_files")
                .doesNotContain("jvm_threads_states_threads", "jvm_classes_loaded_classes");
        assertThat(scrape.samples().keySet().stream().filter(series -> !series.startsWith("keyward_")))
                .hasSizeLessThan(60);
    }

    @Test
    void openMetricsHasTheSameNames() {
        assertThat(metrics.scrape("application/openmetrics-text"))
                .contains("# TYPE keyward_events counter", "keyward_events_total{type=\"KeyRevoked\"} 0.0")
                .contains("# TYPE keyward_build info")
                .endsWith("# EOF\n");
    }

    private void watchEverything() {
        metrics.watch(Map::of, restore);
        metrics.watch(registry);
        metrics.watchState(Optional::empty, () -> 0);
        metrics.watch(new BrokerTime(InstantSource.system(), System::nanoTime));
    }

    private void flowOfEverything() {
        metrics.flow().admitted(Flows.revocation());
        metrics.flow().refused("key-revoked", Flows.refusal(RefusalCode.UNREADABLE), Flows.RECORD);
        metrics.flow().rerouted("key-revoked", Flows.RECORD);
        metrics.flow().fannedOut(2);
        metrics.flow().proven(Duration.ofHours(3));
        List.of(
                        Flows.decision(EncryptionState.LOCKED, PolicyStatus.FAILED),
                        Flows.raised(WarningCode.HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED),
                        Flows.suppression("lake"),
                        Flows.allowance("lake"),
                        Flows.retraction())
                .forEach(this::published);
    }

    private void published(Publication publication) {
        metrics.flow().published(publication, Duration.ofMillis(20), List::of);
    }
}
