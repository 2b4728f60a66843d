package io.keyward.vault.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyward.client.Coordinates;
import io.keyward.config.Configured;
import io.keyward.config.VaultSettings;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.WatchState;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import io.keyward.sandbox.vault.Barrier;
import io.keyward.sandbox.vault.Call;
import io.keyward.sandbox.vault.Fault;
import io.keyward.sandbox.vault.FaultyKeyVault;
import io.keyward.sandbox.vault.KeyKind;
import io.keyward.sandbox.vault.NewKey;
import io.keyward.topology.store.TenantKeyReference;
import io.keyward.vault.AzureKeyVault;
import io.keyward.vault.ProbeKind;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Watches 1,000 keys in 20 vaults with the real client. Six of the vaults fail in every inconclusive way. Keyward asks
/// with an identity of its own, so that a key that is denied to it is not watched, and nothing is published of it.
@Tag("full")
class ThousandKeysIT {
    private static final int VAULTS = 20;
    private static final int KEYS = 50;
    private static final int FAILING = 6;

    /// Of the shuffled keys, the first are deleted, those up to here are disabled, the others that change are denied.
    private static final int DELETED = 17;

    private static final int REVOKED = 34;
    private static final int CHANGED = 50;
    private static final Configured SETTINGS = VirtualWeeksTest.DEFAULT
            .with(VaultSettings.PERIOD, Duration.ofSeconds(8))
            .with(VaultSettings.REFRESH, Duration.ofSeconds(1))
            .with(VaultSettings.CONFIRM_INTERVAL, Duration.ofSeconds(1))
            .with(VaultSettings.GRACE, Duration.ofSeconds(5))
            .with(VaultSettings.CONCURRENCY, 64)
            .with(VaultSettings.BREAK_PAUSE, Duration.ofSeconds(1))
            .with(VaultSettings.BREAK_MAX_PAUSE, Duration.ofSeconds(4));

    private final Map<String, Queue<Instant>> requests = new ConcurrentHashMap<>();
    private final Map<KeyId, Integer> denials = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean faulty = true;

    @Test
    void everyRealRevocationIsPublishedOnceNoneThatIsFalseAndNoQuotaIsExceeded() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Facts facts = new Facts();
        try (FaultyKeyVault vaults = FaultyKeyVault.start(Clock.systemUTC());
                AzureKeyVault client = new AzureKeyVault(vaults.access(Duration.ofSeconds(5)), Clock.systemUTC())) {
            List<KeyId> keys = fill(vaults);
            vaults.interfere(this::interfere);
            try (VaultWatch watch = new VaultWatch(
                    SETTINGS,
                    new VaultWatch.Ports(
                            (key, kind) -> counted(key, kind, client.probe(key, kind)),
                            facts,
                            facts::publish,
                            _ -> new CompletableFuture<>(),
                            (_, _) -> {},
                            InstantSource.system()))) {
                watch.start();
                await().until(() -> facts.of(Event.KeyRotated.class).size() >= (VAULTS - FAILING) * KEYS);
                Collections.shuffle(keys, random);
                List<KeyId> deleted = keys.subList(0, DELETED);
                List<KeyId> revoked = keys.subList(0, REVOKED);
                List<KeyId> denied = keys.subList(REVOKED, CHANGED);
                deleted.forEach(key -> vaults.vaults().delete(host(key), key.keyName()));
                keys.subList(DELETED, REVOKED)
                        .forEach(key -> vaults.vaults().setEnabled(host(key), key.keyName(), false));
                denied.forEach(key -> vaults.vaults().deny(host(key), key.keyName(), Barrier.RBAC));
                await().until(() -> facts.revoked()
                        .containsAll(revoked.stream().filter(key -> !fails(key)).toList()));
                faulty = false;
                await().until(() ->
                        facts.of(Event.KeyRotated.class).size() >= keys.size() - unseen(deleted) - unseen(denied));
                await().until(() -> facts.revoked().containsAll(revoked));
                await().until(() -> denied.stream().allMatch(this::isProvenToBeDenied));
                await().until(() -> watch.keys(WatchState.DENIED) == denied.size()
                        && watch.keys(WatchState.WATCHED) == keys.size() - denied.size());
                assertThat(facts.revoked()).containsExactlyInAnyOrderElementsOf(revoked);
                assertThat(facts.of(Event.KeyRotated.class).stream().map(Event.KeyRotated::key))
                        .doesNotHaveDuplicates();
                assertThat(facts.of(Event.KeyRestored.class)).isEmpty();
                assertThat(worst()).isLessThanOrEqualTo(Quota.VAULT.units() * 5 / 100);
                assertThat(watch.ended()).isNotDone();
            }
        }
    }

    /// Counts the denials that would prove something with `identity = policy`.
    private ProbeResult counted(KeyReference key, ProbeKind kind, ProbeResult result) {
        if (kind == ProbeKind.ROUND_TRIP && result.outcome() == ProbeOutcome.ACCESS_DENIED) {
            denials.merge(key.key(), 1, Integer::sum);
        }
        return result;
    }

    private boolean isProvenToBeDenied(KeyId key) {
        return denials.getOrDefault(key, 0) >= SETTINGS.value(VaultSettings.CONFIRMATIONS);
    }

    private static List<KeyId> fill(FaultyKeyVault vaults) {
        List<KeyId> keys = new ArrayList<>();
        for (int vault = 0; vault < VAULTS; vault++) {
            vaults.vaults().open(host(vault), tenantOf(vault), true);
            for (int key = 0; key < KEYS; key++) {
                vaults.vaults().create(host(vault), "k" + key, NewKey.of(KeyKind.RSA_2048));
                keys.add(new KeyId("https://" + host(vault), "k" + key));
            }
        }
        return keys;
    }

    private static String host(int vault) {
        return "kv-%02d.vault.azure.net".formatted(vault);
    }

    private static String host(KeyId key) {
        return key.vaultUri().substring("https://".length());
    }

    /// The number of those keys in vaults that did not answer before. If the vault does not show the key when it does
    /// answer, the watch knows no version of it.
    private static int unseen(List<KeyId> keys) {
        return (int) keys.stream().filter(ThousandKeysIT::fails).count();
    }

    private static boolean fails(KeyId key) {
        return key.vaultUri().compareTo("https://" + host(VAULTS - FAILING)) >= 0;
    }

    /// Fails all requests to the last vaults, each in its own way. In all others, one request in fifty is
    /// throttled.
    private Optional<Fault> interfere(Call call) {
        return switch (call) {
            case Call.ForToken token ->
                faulty && token.tenantId().equals(tenantOf(VAULTS - FAILING))
                        ? Optional.of(new Fault.NoToken("AADSTS7000215"))
                        : Optional.empty();
            case Call.ToVault asked -> {
                requests.computeIfAbsent(asked.host(), _ -> new ConcurrentLinkedQueue<>())
                        .add(Instant.now());
                yield faulty ? fault(Integer.parseInt(asked.host().substring(3, 5))) : Optional.empty();
            }
        };
    }

    private Optional<Fault> fault(int vault) {
        return switch (vault) {
            case VAULTS - 1 -> Optional.of(Fault.throttled(1));
            case VAULTS - 2 -> Optional.of(Fault.refused(503, "ServiceUnavailable"));
            case VAULTS - 3 -> Optional.of(new Fault.Drop());
            case VAULTS - 4 -> Optional.of(new Fault.Page(502, "<html>Bad Gateway</html>"));
            case VAULTS - 5 -> Optional.of(new Fault.Hang());
            default -> calls.incrementAndGet() % 50 == 0 ? Optional.of(Fault.throttled(1)) : Optional.empty();
        };
    }

    private static String tenantOf(int vault) {
        return new UUID(0, vault).toString();
    }

    /// The highest number of requests to one vault in any ten seconds.
    private int worst() {
        return requests.values().stream()
                .mapToInt(all -> {
                    List<Instant> times = all.stream().sorted().toList();
                    int most = 0;
                    int first = 0;
                    for (int last = 0; last < times.size(); last++) {
                        while (!times.get(first).isAfter(times.get(last).minus(ProbeRateLimiter.WINDOW))) {
                            first++;
                        }
                        most = Math.max(most, last - first + 1);
                    }
                    return most;
                })
                .max()
                .orElseThrow();
    }

    /// Stores facts. A published event becomes a fact at once.
    private static final class Facts implements KeySource {
        private static final TenantId TENANT = new TenantId("contoso");

        private final Map<KeyId, KeyFacts> facts = new ConcurrentHashMap<>();
        private final Queue<Event.OfKey> published = new ConcurrentLinkedQueue<>();

        @Override
        public Map<Integer, Optional<Set<TenantKeyReference>>> inUse(Instant moment) {
            Set<TenantKeyReference> keys = new HashSet<>();
            for (int vault = 0; vault < VAULTS; vault++) {
                for (int key = 0; key < KEYS; key++) {
                    KeyId id = new KeyId("https://" + host(vault), "k" + key);
                    keys.add(new TenantKeyReference(TENANT, new KeyReference(id, Optional.empty())));
                }
            }
            return Map.of(0, Optional.of(keys));
        }

        @Override
        public int partitionsInAll() {
            return 1;
        }

        @Override
        public Optional<KeyFacts> facts(TenantId tenant, KeyId key) {
            return Optional.of(facts.getOrDefault(key, KeyFacts.NONE));
        }

        @Override
        public Map<TopicPartition, Long> processed() {
            return Map.of();
        }

        CompletableFuture<Coordinates> publish(Event.OfKey event) {
            published.add(event);
            facts.merge(event.key(), KeyFacts.NONE.with(event), (held, _) -> held.with(event));
            return CompletableFuture.completedFuture(new Coordinates("key-events", 0, published.size()));
        }

        List<KeyId> revoked() {
            return of(Event.KeyRevoked.class).stream()
                    .map(Event.KeyRevoked::key)
                    .toList();
        }

        <T extends Event.OfKey> List<T> of(Class<T> type) {
            return published.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }
}
