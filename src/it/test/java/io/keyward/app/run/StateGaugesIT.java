package io.keyward.app.run;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.reported;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.ops.metrics.Scrape;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.InstanceHealth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The sum of the gauges of all instances agrees with the outputs, whatever happens to the instances.
@ExtendWith(ClusterExtension.class)
class StateGaugesIT {
    private static final int TENANTS = 6;
    private static final Set<String> COUNTED =
            Set.of("keyward_environments", "keyward_warnings_open", "keyward_environments_suppressed");

    private static Cluster cluster;
    private static Path folder;

    @BeforeAll
    static void start(@TempDir Path temporary) {
        folder = temporary;
    }

    @ParameterizedTest(name = "keyward.state.store={0}, group.protocol={1}")
    @CsvSource("rocksdb, classic")
    void restartsRebalancesAndPromotedStandbysKeepTheGaugesTrue(String store, String protocol) {
        String prefix = "census-" + store + "-" + protocol + ".";
        KeywardConfig first = config(prefix, "first", store, protocol);
        KeywardConfig second = config(prefix, "second", store, protocol);
        TopicNames names = first.topics().names();
        cluster.withTopics(first);
        for (int tenant = 0; tenant < TENANTS; tenant++) {
            populate(names, "tenant-" + tenant);
        }
        try (Instance instance = started(first)) {
            awaitTruth(first, instance);
            assertThat(gauges(instance))
                    .containsEntry("keyward_environments{state=\"LOCKED\"}", 1.0 * TENANTS)
                    .containsEntry("keyward_tenants_at_limit", 1.0 * TENANTS)
                    .containsEntry("keyward_reports_without_environment", 1.0 * TENANTS);
        }
        try (Instance restarted = started(first)) {
            awaitTruth(first, restarted);
            try (Instance other = started(second)) {
                awaitShared(restarted, other);
                awaitTruth(first, restarted, other);
                change(names, "tenant-1");
                awaitTruth(first, restarted, other);
            }
            awaitTruth(first, restarted);
            assertThat(gauges(restarted))
                    .containsEntry("keyward_environments{state=\"LOCKED\"}", 1.0 * TENANTS - 1)
                    .containsEntry("keyward_reports_without_environment", 1.0 * TENANTS - 1);
        }
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource("memory, streams")
    void theyKeepThemTrueInTheOtherProtocolToo(String store, String protocol) {
        restartsRebalancesAndPromotedStandbysKeepTheGaugesTrue(store, protocol);
    }

    /// The registry fails between two events of one transaction, which is therefore aborted and repeated later.
    @Tag("full")
    @Test
    void whatAnAbortedTransactionHadDecidedCountsOnce() {
        KeywardConfig config = cluster.config(
                "aborted.",
                Map.of(
                        "keyward.registry.retries.deadline.ms", "1000",
                        "keyward.streams.commit.interval.ms", "5000"));
        TopicNames names = config.topics().names();
        cluster.withTopics(config);
        try (Instance instance = started(config)) {
            cluster.send(names, clean(1, "contoso", "hr"), applied(1, "contoso", "hr", "k1"));
            awaitTruth(config, instance);
            Event.KeyRevoked revocation = revoked(3, "contoso", "k1");
            cluster.bytesOf(Topic.KEY_REVOKED, revocation); // registers a schema that the instance has not read yet
            cluster.stopRegistry();
            cluster.send(names, clean(2, "contoso", "it"), revocation);
            within().until(() -> InstanceHealth.readiness(instance).reasons().stream()
                    .anyMatch(reason -> reason.startsWith("Schema registry")));
            cluster.startRegistryAgain();
            awaitTruth(config, instance);
            assertThat(gauges(instance))
                    .containsEntry("keyward_environments{state=\"LOCKED\"}", 1.0)
                    .containsEntry("keyward_environments{state=\"MICROSOFT_MANAGED\"}", 1.0);
        }
    }

    /// In the protocol `streams` the number of standbys is a setting of the group on the brokers.
    private static KeywardConfig config(String prefix, String name, String store, String protocol) {
        Map<String, String> more = new HashMap<>(Map.of(
                "keyward.state.dir",
                folder.resolve(prefix + name).toString(),
                "keyward.state.store",
                store,
                "keyward.streams.group.protocol",
                protocol,
                "keyward.streams.client.id",
                prefix + name));
        if (protocol.equals("classic")) {
            more.put("keyward.streams.num.standby.replicas", "1");
        }
        return cluster.config(prefix, more);
    }

    private static Instance started(KeywardConfig config) {
        Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
        instance.start();
        return instance;
    }

    /// An environment on the Microsoft-managed key, one locked, one that waits because the limit is 1, one purged,
    /// and one of which nothing but a report is known.
    private static void populate(TopicNames names, String tenant) {
        cluster.send(
                names,
                limit(1, tenant, 1),
                clean(1, tenant, "plain"),
                clean(1, tenant, "locked"),
                applied(2, tenant, "locked", "k1"),
                clean(3, tenant, "waiting"),
                applied(3, tenant, "waiting", "k2"),
                revoked(4, tenant, "k1"),
                clean(1, tenant, "gone"),
                reported(2, tenant, "gone", "k1"),
                reported(2, tenant, "unknown", "k1"),
                changed(5, tenant, "gone", Lifecycle.PURGED, FlowInventory.EMPTY));
    }

    /// The locked environment is purged, the one that waits gets its slot, and the unknown one becomes known.
    private static void change(TopicNames names, String tenant) {
        cluster.send(
                names,
                changed(6, tenant, "locked", Lifecycle.PURGED, FlowInventory.EMPTY),
                clean(6, tenant, "unknown"));
    }

    /// Waits until all is decided, and the gauges add up to what the outputs say.
    private static void awaitTruth(KeywardConfig config, Instance... instances) {
        try (Backlog backlog = Backlog.connect(config)) {
            within().until(() -> backlog.undecided().isEmpty());
        }
        Map<String, Double> truth = truth(config.topics().names());
        within().untilAsserted(() -> assertThat(counted(instances)).isEqualTo(truth));
    }

    /// What a reader of all outputs would count.
    private static Map<String, Double> truth(TopicNames names) {
        Map<String, Double> truth = new TreeMap<>();
        cluster.standing(names.decisions()).stream()
                .map(Publication.OfDecision.class::cast)
                .forEach(decision -> truth.merge(
                        "keyward_environments{state=\"" + decision.decision().encryptionState() + "\"}",
                        1.0,
                        Double::sum));
        cluster.standing(names.warnings()).stream()
                .map(Publication.OfWarning.class::cast)
                .filter(warning -> warning.clearedAt().isEmpty())
                .forEach(warning ->
                        truth.merge("keyward_warnings_open{code=\"" + warning.code() + "\"}", 1.0, Double::sum));
        cluster.standing(names.suppressions()).stream()
                .map(Publication.OfSignal.class::cast)
                .filter(signal -> signal.signal().suppresses())
                .forEach(signal -> truth.merge(
                        "keyward_environments_suppressed{sink=\"" + signal.sink() + "\"}", 1.0, Double::sum));
        return truth;
    }

    /// The gauges of these families that are not zero.
    private static Map<String, Double> counted(Instance... instances) {
        Map<String, Double> counted = new TreeMap<>(gauges(instances));
        counted.keySet().removeIf(series -> !COUNTED.contains(series.split("\\{", 2)[0]));
        counted.values().removeIf(count -> count == 0);
        return counted;
    }

    /// The gauges, added up over the instances.
    private static Map<String, Double> gauges(Instance... instances) {
        Map<String, Double> sums = new TreeMap<>();
        for (Instance instance : instances) {
            scrape(instance).samples().forEach((series, value) -> sums.merge(series, value, Double::sum));
        }
        return sums;
    }

    private static Scrape scrape(Instance instance) {
        return Scrape.of(instance.httpUri());
    }

    /// Waits until both have partitions to serve.
    private static void awaitShared(Instance... instances) {
        for (Instance instance : instances) {
            within().until(() -> scrape(instance).samples().entrySet().stream()
                    .filter(sample -> sample.getKey().startsWith("keyward_environments{"))
                    .anyMatch(sample -> sample.getValue() > 0));
        }
    }

    /// Stream threads that end and are replaced do not fail a test.
    private static ConditionFactory within() {
        return Awaitility.await().pollInterval(Duration.ofMillis(200)).dontCatchUncaughtExceptions();
    }
}
