package io.keyward.app.run;

import static io.keyward.topology.Events.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.KeyHintCodec;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.KeyHint;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.metrics.Scrape;
import io.keyward.sandbox.vault.Call;
import io.keyward.sandbox.vault.Fault;
import io.keyward.sandbox.vault.FaultyKeyVault;
import io.keyward.sandbox.vault.Interference;
import io.keyward.sandbox.vault.KeyKind;
import io.keyward.sandbox.vault.NewKey;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.Running;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Actions of key owners reach the decisions through the real client, a real broker and the stores.
@ExtendWith(ClusterExtension.class)
class VaultWatchIT {
    private static Cluster cluster;
    private static Path folder;

    @BeforeAll
    static void start(@TempDir Path temporary) {
        folder = temporary;
    }

    @Test
    void aDisabledKeyLocksAndAnEnabledOneWaitsForTheRuntimeToBeEnabledAgain() {
        try (FaultyKeyVault vaults = vaultsOf("contoso")) {
            KeywardConfig config = config("life.", "only", vaults, Map.of());
            TopicNames names = config.topics().names();
            cluster.withTopics(config);
            use(names, "contoso", day(1));
            try (Instance _ = watching(config)) {
                await(names, "contoso", EncryptionState.CUSTOMER_MANAGED);
                Running.within().until(() -> !events(names, Topic.KEY_ROTATED).isEmpty());
                vaults.vaults().setEnabled(host("contoso"), "cmk", false);
                await(names, "contoso", EncryptionState.LOCKED);
                vaults.vaults().setEnabled(host("contoso"), "cmk", true);
                await(names, "contoso", EncryptionState.RECOVERABLE);
                cluster.send(names, snapshot("contoso", Instant.now()));
                await(names, "contoso", EncryptionState.CUSTOMER_MANAGED);
            }
            assertThat(events(names, Topic.KEY_ROTATED)).hasSize(1);
            assertThat(events(names, Topic.KEY_REVOKED)).hasSize(1);
            assertThat(events(names, Topic.KEY_RESTORED)).hasSize(1);
            assertThat(cluster.read(names.deadLetters())).isEmpty();
        }
    }

    /// The next probe without a hint is an hour away.
    @Test
    void aHintMakesTheWatchProbeAtOnceAndWhatThatConfirmsLocks() {
        try (FaultyKeyVault vaults = vaultsOf("hinted")) {
            KeywardConfig config = config("hints.", "only", vaults, Map.of("keyward.vault.period", "PT1H"));
            TopicNames names = config.topics().names();
            cluster.withTopics(config);
            use(names, "hinted", day(1));
            hint(names, "hinted", Optional.of("cmk"));
            try (Instance instance = watching(config)) {
                Running.within().until(() -> !events(names, Topic.KEY_ROTATED).isEmpty());
                await(names, "hinted", EncryptionState.CUSTOMER_MANAGED);
                vaults.vaults().setEnabled(host("hinted"), "cmk", false);
                hint(names, "hinted", Optional.empty());
                await(names, "hinted", EncryptionState.LOCKED);
                assertThat(metric(instance, "keyward_vault_hints_total{result=\"probed\"}"))
                        .isPositive();
                assertThat(metric(instance, "keyward_vault_hint_read_failures_total"))
                        .isZero();
                Running.within().until(() -> metric(instance, "keyward_vault_unanswered_hint_age_seconds") == 0);
            }
            assertThat(events(names, Topic.KEY_REVOKED)).hasSize(1);
            assertThat(cluster.read(names.deadLetters())).isEmpty();
        }
    }

    private static void hint(TopicNames names, String tenant, Optional<String> key) {
        KeyHint hint = new KeyHint(new TenantId(tenant), Instant.now(), "KeyUpdate", "https://" + host(tenant), key);
        cluster.send(new ProducerRecord<>(
                names.name(Topic.KEY_HINTS),
                tenant.getBytes(StandardCharsets.UTF_8),
                cluster.bytesOf(Topic.KEY_HINTS, KeyHintCodec.write(hint))));
    }

    /// Three probes make a proof. The first instance gets no more than two answers before half of the tenants move.
    @Tag("full")
    @Test
    void aRebalanceInTheMiddleOfAConfirmationLosesNoRevocationAndDoublesNone() {
        List<String> tenants =
                IntStream.range(0, 8).mapToObj(i -> "tenant-" + i).toList();
        try (FaultyKeyVault vaults = vaultsOf(tenants.toArray(String[]::new))) {
            KeywardConfig first = config("moved.", "first", vaults, Map.of());
            KeywardConfig second = config("moved.", "second", vaults, Map.of());
            TopicNames names = first.topics().names();
            cluster.withTopics(first);
            tenants.forEach(tenant -> use(names, tenant, day(1)));
            try (Instance one = watching(first)) {
                Running.within().until(() -> events(names, Topic.KEY_ROTATED).size() == tenants.size());
                FewAnswers fewAnswers = new FewAnswers(2);
                vaults.interfere(new FewAnswers(0));
                tenants.forEach(tenant -> vaults.vaults().setEnabled(host(tenant), "cmk", false));
                vaults.interfere(fewAnswers);
                Running.within().until(() -> fewAnswers.exhausted() == tenants.size());
                try (Instance two = watching(second)) {
                    Running.within().until(() -> environments(two, EncryptionState.CUSTOMER_MANAGED) > 0);
                    assertThat(events(names, Topic.KEY_REVOKED))
                            .as("still unproven")
                            .isEmpty();
                    assertThat(disabled(one)).isBetween(8, 16);
                    vaults.interfere(Interference.NONE);
                    tenants.forEach(tenant -> await(names, tenant, EncryptionState.LOCKED));
                    Running.within()
                            .until(() -> environments(one, EncryptionState.LOCKED) > 0
                                    && environments(one, EncryptionState.LOCKED)
                                                    + environments(two, EncryptionState.LOCKED)
                                            == tenants.size());
                    assertThat(disabled(two))
                            .as("a whole proof of its own for each key that has moved")
                            .isGreaterThanOrEqualTo(3 * environments(two, EncryptionState.LOCKED));
                }
            }
            assertThat(events(names, Topic.KEY_REVOKED).stream().map(Event::tenantId))
                    .containsExactlyInAnyOrderElementsOf(
                            tenants.stream().map(TenantId::new).toList());
        }
    }

    /// Answers each vault's first requests, and refuses all others for its quota.
    private static final class FewAnswers implements Interference {
        private final int answers;
        private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

        FewAnswers(int answers) {
            this.answers = answers;
        }

        @Override
        public Optional<Fault> on(Call call) {
            return call instanceof Call.ToVault toVault
                            && asked.computeIfAbsent(toVault.host(), _ -> new AtomicInteger())
                                            .incrementAndGet()
                                    > answers
                    ? Optional.of(Fault.throttled(1))
                    : Optional.empty();
        }

        /// How many vaults have refused something.
        long exhausted() {
            return asked.values().stream()
                    .filter(count -> count.get() > answers)
                    .count();
        }
    }

    /// How many environments of the instance's own partitions are in that state.
    private static int environments(Instance instance, EncryptionState state) {
        return metric(instance, "keyward_environments{state=\"%s\"}".formatted(state));
    }

    /// How many probes of the instance have found a disabled key.
    private static int disabled(Instance instance) {
        return metric(instance, "keyward_vault_probes_total{verdict=\"DISABLED\"}");
    }

    private static int metric(Instance instance, String series) {
        return Scrape.of(instance.httpUri()).samples().getOrDefault(series, 0.0).intValue();
    }

    private static FaultyKeyVault vaultsOf(String... tenants) {
        FaultyKeyVault vaults = FaultyKeyVault.start(Clock.systemUTC());
        for (String tenant : tenants) {
            vaults.vaults().open(host(tenant), idOf(tenant), true);
            vaults.vaults().create(host(tenant), "cmk", NewKey.of(KeyKind.RSA_2048));
        }
        return vaults;
    }

    private static String idOf(String tenant) {
        return UUID.nameUUIDFromBytes(tenant.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String host(String tenant) {
        return "kv-" + tenant + ".vault.azure.net";
    }

    private static KeywardConfig config(
            String prefix, String instance, FaultyKeyVault vaults, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "keyward.state.dir", folder.resolve(prefix + instance).toString(),
                "keyward.vault.watch", "true",
                "keyward.vault.credential", "emulated",
                "keyward.vault.emulator", vaults.url().toString(),
                "keyward.vault.allowed-tenants", "*",
                "keyward.vault.period", "PT1S",
                "keyward.vault.refresh", "PT0.5S",
                "keyward.vault.confirm-interval", "PT0.3S",
                "keyward.vault.break.pause", "PT1S",
                "keyward.vault.break.max-pause", "PT2S"));
        settings.putAll(more);
        return cluster.config(prefix, settings);
    }

    private static Instance watching(KeywardConfig config) {
        Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
        instance.start();
        instance.watchKeys();
        return instance;
    }

    private static void use(TopicNames names, String tenant, Instant at) {
        TenantId id = new TenantId(tenant);
        cluster.send(
                names,
                snapshot(tenant, at),
                new Event.PolicyApplied(
                        id,
                        new Stamp(at, new EventId("applied")),
                        new EnvironmentId("hr"),
                        new PolicyId("p"),
                        new KeyReference(new KeyId("https://" + host(tenant), "cmk"), Optional.empty())));
    }

    private static Event snapshot(String tenant, Instant at) {
        Snapshot snapshot = new Snapshot(
                EnvironmentType.PRODUCTION,
                true,
                Lifecycle.ACTIVE,
                FlowInventory.EMPTY,
                FlowInventory.EMPTY,
                0,
                List.of(),
                0,
                Optional.empty(),
                Optional.empty());
        return new Event.EnvironmentChanged(
                new TenantId(tenant), new Stamp(at, new EventId("snapshot")), new EnvironmentId("hr"), snapshot, true);
    }

    private static void await(TopicNames names, String tenant, EncryptionState state) {
        Running.within()
                .until(() -> cluster.standing(names.decisions()).stream()
                        .map(Publication.OfDecision.class::cast)
                        .filter(published -> published.tenantId().value().equals(tenant))
                        .anyMatch(published -> published.decision().encryptionState() == state));
    }

    private static List<Event> events(TopicNames names, Topic topic) {
        return cluster.read(names.name(topic)).stream()
                .map(record -> cluster.eventOf(record.value()))
                .toList();
    }
}
