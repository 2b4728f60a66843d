package io.keyward.vault.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Coordinates;
import io.keyward.config.Configured;
import io.keyward.domain.advice.KeysInUse;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.TenantKeyReference;
import io.keyward.vault.KeyShape;
import io.keyward.vault.ProbeKind;
import io.keyward.vault.ProbeOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Simulates two instances, several tenants and their vaults with a virtual clock and all kinds of faults. The
/// true state is known at any time.
final class SimulatedWorld {
    /// The longest duration of a probe.
    private static final Duration SLOWEST = Duration.ofSeconds(20);

    static final int PARTITIONS = 3;

    /// After this long without changes, the facts must match the truth, revocations from other sources
    /// included.
    private static final Duration SETTLED = Duration.ofMinutes(40);

    /// The same for a block by the network, which is published after an hour.
    private static final Duration BLOCK_SETTLED = Duration.ofMinutes(110);

    /// After this long, the watch has seen the last change.
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(90);

    private final Configured settings;
    private final RandomGenerator random;
    private final Instant begin = Instant.parse("2026-01-01T00:00:00Z");
    private final PriorityQueue<Task> agenda =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::number));
    private final Map<String, SimulatedVault> vaults = new LinkedHashMap<>();
    private final SimulatedProcessor processor = new SimulatedProcessor();
    private final List<SimulatedInstance> instances = new ArrayList<>();
    private final Map<Integer, SimulatedInstance> owners = new HashMap<>();
    private final Map<Integer, Instant> disturbedAt = new HashMap<>();
    private final Map<KeyId, Instant> othersAt = new HashMap<>();
    private final Map<TenantId, List<EnvironmentFacts>> uses = new LinkedHashMap<>();
    private final Map<KeyOf, KeyFacts> stated = new HashMap<>();
    private final Set<Event> seen = new HashSet<>();
    final Tally tally = new Tally();
    private Instant now = begin;
    private long number;
    private boolean calm;
    private Optional<SimulatedHints> hints = Optional.empty();

    private record Task(Instant at, long number, Runnable work) {}

    private record KeyOf(TenantId tenant, KeyId key) {}

    /// Counts of the results.
    static final class Tally {
        int revoked;
        int denied;
        int restored;
        int rotated;
        int expiring;
        final List<String> doubled = new ArrayList<>();
        int repeated;
        Duration stalest = Duration.ZERO;
        final List<Duration> undisturbed = new ArrayList<>();

        /// Of those that were hinted at: the time since the first hint.
        final List<Duration> hinted = new ArrayList<>();
    }

    SimulatedWorld(Configured settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        for (int i = 0; i < 2; i++) {
            instances.add(newInstance());
        }
        IntStream.range(0, PARTITIONS).forEach(p -> give(p, instances.get(p % 2)));
        instances.forEach(this::list);
    }

    /// Adds a vault with keys of this type and size.
    void vault(String name, KeyShape shape, int keys, int unreliability) {
        SimulatedVault vault = new SimulatedVault();
        vault.unreliability(unreliability);
        vaults.put("https://" + name + ".vault.azure.net", vault);
        for (int i = 0; i < keys; i++) {
            vault.add(new SimulatedKey(key(name, "k" + i), shape, begin));
        }
    }

    static KeyId key(String vault, String name) {
        return new KeyId("https://" + vault + ".vault.azure.net", name);
    }

    /// Adds environments of a tenant that use a key.
    void use(String tenant, KeyReference key) {
        TenantId id = new TenantId(tenant);
        // Each key gets its own environment, so that no application replaces another one.
        String environment = tenant + "-" + key.key().vaultUri().substring(8) + "-"
                + key.key().keyName();
        Event.PolicyApplied applied = new Event.PolicyApplied(
                id,
                new Stamp(begin.minusSeconds(1), new EventId("applied-" + environment)),
                new EnvironmentId(environment),
                new PolicyId("p"),
                key);
        uses.computeIfAbsent(id, _ -> new ArrayList<>()).add(EnvironmentFacts.NONE.with(applied));
    }

    /// Hints at changes too, late or not at all, and at what has not changed, at times in bursts. Some changes are
    /// over before a revocation can be confirmed.
    void withHints() {
        SimulatedHints some = new SimulatedHints(
                (tenant, hint, at) -> owners.get(partitionOf(tenant)).watch().hinted(hint, at, now));
        hints = Optional.of(some);
        atRandom(Duration.ofMinutes(20), () -> tell(any(keys())));
        atRandom(Duration.ofHours(5), this::burst);
        atRandom(Duration.ofHours(2), this::flash);
    }

    /// Hints at a key or its vault, of each tenant a little later.
    private void tell(SimulatedKey key) {
        hints.ifPresent(some -> {
            Instant written = now;
            boolean vault = random.nextInt(4) == 0;
            uses.keySet()
                    .forEach(tenant -> after(Duration.ofMillis(random.nextInt(3_000)), () -> {
                        some.tell(tenant, key.id(), vault, written, now);
                    }));
        });
    }

    private void burst() {
        SimulatedKey key = any(keys());
        for (int i = 0; i < 300; i++) {
            after(Duration.ofMillis(random.nextInt(300_000)), () -> tell(key));
        }
    }

    private void flash() {
        SimulatedKey key = any(keys());
        if (key.now().equals(key.now().healed()) && key.changedAt().isBefore(now.minus(LONGEST_OUTAGE))) {
            key.change(now, s -> s.with(v -> new SimulatedKey.Version(v.name(), false, v.expiresAt())));
            Duration lasts = Duration.ofMillis(5_000 + random.nextInt(60_000));
            for (int i = 0; i < 30; i++) {
                after(lasts.multipliedBy(i).dividedBy(30), () -> tell(key));
            }
            hints.ifPresent(some -> some.flashed(key.id(), now, now.plus(lasts)));
            after(lasts, () -> key.change(now, SimulatedKey.State::healed));
        }
    }

    private List<SimulatedKey> keys() {
        return vaults.values().stream()
                .flatMap(vault -> vault.keys().values().stream())
                .toList();
    }

    void run(Duration duration) {
        Instant end = now.plus(duration);
        every(Duration.ofSeconds(30), this::refresh);
        every(Duration.ofSeconds(3), this::process);
        every(Duration.ofMinutes(5), this::check);
        atRandom(Duration.ofHours(4), this::trouble);
        atRandom(Duration.ofHours(12), this::outage);
        atRandom(Duration.ofHours(6), this::rebalance);
        atRandom(Duration.ofHours(24), this::crash);
        advance(end);
    }

    /// Ends all faults and waits until the watch has detected it.
    void settle() {
        calm = true;
        vaults.values().forEach(vault -> {
            vault.outage(Optional.empty(), now);
            vault.unreliability(0);
            vault.keys().values().forEach(key -> key.change(now, SimulatedKey.State::healed));
        });
        advance(now.plus(Duration.ofHours(3)));
    }

    /// The highest use of that vault's quota in any ten seconds.
    int worstUseOfQuota(String vault) {
        return vaults.get("https://" + vault + ".vault.azure.net").worst();
    }

    private void advance(Instant end) {
        while (!now.equals(end)) {
            pump();
            Instant next = agenda.isEmpty() ? end : agenda.peek().at();
            for (SimulatedInstance instance : instances) {
                Instant wake = instance.watch().scheduler().wakeAt();
                next = wake.isBefore(next) ? wake : next;
            }
            now = next.isBefore(end) ? (next.isAfter(now) ? next : now) : end;
            while (!agenda.isEmpty() && !agenda.peek().at().isAfter(now)) {
                agenda.poll().work().run();
            }
        }
    }

    private void pump() {
        for (SimulatedInstance instance : List.copyOf(instances)) {
            Optional<ProbeRequest> probe = instance.watch().scheduler().next(now);
            while (probe.isPresent()) {
                start(instance, probe.get());
                probe = instance.watch().scheduler().next(now);
            }
        }
    }

    private void start(SimulatedInstance instance, ProbeRequest probe) {
        Instant asked = now;
        Duration takes = random.nextInt(50) == 0 ? SLOWEST : Duration.ofMillis(20 + random.nextInt(400));
        SimulatedVault vault = vaults.get(probe.key().key().vaultUri());
        after(takes.dividedBy(2), () -> {
            var finding = vault.probe(probe, now, random);
            after(takes.dividedBy(2), () -> {
                if (instances.contains(instance)) {
                    instance.watch().answered(probe, asked, finding, now).forEach(event -> publish(instance, event));
                }
            });
        });
    }

    /// Some sends fail, some only seem to fail, and the processor refuses some records.
    private void publish(SimulatedInstance instance, Event.OfKey event) {
        boolean fails = !calm && random.nextInt(20) == 0;
        boolean arrives = !fails || random.nextBoolean();
        boolean refused = !calm && random.nextInt(20) == 0;
        after(Duration.ofMillis(20 + random.nextInt(300)), () -> {
            if (!seen.add(event)) {
                tally.repeated++;
            } else {
                judge(event);
            }
            Optional<Coordinates> coordinates = arrives ? Optional.of(append(event, refused)) : Optional.empty();
            if (fails) {
                instance.watch().outbound().failed(event, now);
            } else {
                instance.watch().outbound().placed(event, coordinates.orElseThrow(), now);
            }
        });
    }

    private Coordinates append(Event.OfKey event, boolean refused) {
        if (!refused) {
            stated.merge(
                    new KeyOf(event.tenantId(), event.key()), KeyFacts.NONE.with(event), (held, _) -> held.with(event));
        }
        return processor.append(partitionOf(event.tenantId()), event, refused);
    }

    /// Checks an event against the truth and against all earlier events.
    private void judge(Event.OfKey event) {
        SimulatedKey key = keyOf(event.key());
        KeyFacts before = stated.getOrDefault(new KeyOf(event.tenantId(), event.key()), KeyFacts.NONE);
        Instant at = event.occurredAt();
        boolean isNew = switch (event) {
            case Event.KeyRevoked e -> {
                tally.revoked++;
                boolean denial =
                        e.cause() == RevocationCause.ACCESS_REMOVED || e.cause() == RevocationCause.NETWORK_BLOCKED;
                if (denial) {
                    tally.denied++;
                    assertThat(Duration.between(at, now)).isGreaterThanOrEqualTo(Duration.ofMinutes(15));
                }
                if (!denial
                        && !quietSince(e.tenantId(), e.key()).isAfter(key.changedAt())
                        && vaults.get(e.key().vaultUri()).isReliable()) {
                    tally.undisturbed.add(Duration.between(key.changedAt(), now));
                    hints.flatMap(some -> some.firstSince(e.tenantId(), key.id(), key.changedAt()))
                            .ifPresent(hinted -> tally.hinted.add(Duration.between(hinted, now)));
                }
                hints.ifPresent(some -> assertThat(some.isFlash(e.key(), at))
                        .as("%s at %s was over too soon", e, now)
                        .isFalse());
                assertThat(answers(key, at)
                                .anyMatch(a -> a.cause().equals(Optional.of(e.cause()))
                                        && a.scope().equals(e.version())))
                        .as("%s at %s is true; %s", e, now, key.at(at))
                        .isTrue();
                yield before.openRevocations().stream()
                        .noneMatch(r -> r.cause() == e.cause()
                                && (r.version().isEmpty() || r.version().equals(e.version())));
            }
            case Event.KeyRestored e -> {
                tally.restored++;
                assertThat(answers(key, at).anyMatch(a -> a.disproves(e.cause().orElseThrow())))
                        .as("%s at %s is true; %s", e, now, key.at(at))
                        .isTrue();
                yield before.openRevocations().size()
                        > before.with(e).openRevocations().size();
            }
            case Event.KeyRotated e -> {
                tally.rotated++;
                assertThat(answers(key, at).anyMatch(a -> a.version().equals(Optional.of(e.newVersion()))))
                        .as("%s at %s is true", e, now)
                        .isTrue();
                yield !before.newestVersion().equals(Optional.of(e.newVersion()));
            }
            case Event.KeyExpiring e -> {
                tally.expiring++;
                yield !before.with(e).equals(before);
            }
        };
        if (!isNew) {
            tally.doubled.add("%s at %s: %s".formatted(event, now, before));
        }
    }

    /// All possible answers to round trips of the key and of each of its versions at this time.
    private static Stream<ProbeAnswer> answers(SimulatedKey key, Instant at) {
        return Stream.concat(
                        Stream.of(Optional.<KeyVersion>empty()),
                        key.now().versions().stream()
                                .map(SimulatedKey.Version::name)
                                .map(Optional::of))
                .flatMap(asFor ->
                        key.found(asFor, at, at.plus(SLOWEST)).map(found -> new ProbeAnswer(at, asFor, found)));
    }

    private Set<TenantKeyReference> keysOf(int partition) {
        Set<TenantKeyReference> keys = new LinkedHashSet<>();
        uses.forEach((tenant, facts) -> {
            if (partitionOf(tenant) == partition) {
                facts.forEach(environment -> {
                    Map<KeyId, KeyFacts> keyFacts = new HashMap<>();
                    environment.keys().forEach(key -> keyFacts.put(key, processor.facts(tenant, key)));
                    KeysInUse.of(environment, keyFacts, now)
                            .forEach(key -> keys.add(new TenantKeyReference(tenant, key)));
                });
            }
        });
        return keys;
    }

    private int partitionOf(TenantId tenant) {
        return Math.floorMod(tenant.value().hashCode(), PARTITIONS);
    }

    private SimulatedInstance newInstance() {
        return new SimulatedInstance(settings, processor, this::keysOf, this::partitionOf, random);
    }

    private void give(int partition, SimulatedInstance to) {
        owners.put(partition, to);
        to.acquire(partition);
        disturbedAt.put(partition, now);
        hints.ifPresent(some -> some.tellAgain(tenant -> partitionOf(tenant) == partition, now));
    }

    private void list(SimulatedInstance instance) {
        instance.watch().listed(instance.inUse(now), now);
    }

    private void refresh() {
        instances.forEach(instance -> {
            list(instance);
            instance.watch().review(now).forEach(event -> publish(instance, event));
        });
    }

    /// Each partition makes progress most of the time; sometimes one lags.
    private void process() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (calm || random.nextInt(3) > 0) {
                processor.process(partition, 10);
            }
        }
    }

    private void rebalance() {
        int partition = random.nextInt(PARTITIONS);
        SimulatedInstance from = owners.get(partition);
        from.lose(partition);
        give(partition, instances.get(1 - instances.indexOf(from)));
    }

    private void crash() {
        int which = random.nextInt(instances.size());
        SimulatedInstance dead = instances.get(which);
        instances.set(which, newInstance());
        owners.forEach((partition, owner) -> {
            if (owner == dead) {
                give(partition, instances.get(which));
            }
        });
    }

    private void outage() {
        SimulatedVault vault = any(List.copyOf(vaults.values()));
        ProbeOutcome kind = any(List.of(ProbeOutcome.THROTTLED, ProbeOutcome.UNAVAILABLE, ProbeOutcome.OWN_IDENTITY));
        vault.outage(Optional.of(kind), now);
        after(Duration.ofSeconds(30 + random.nextInt(3600)), () -> vault.outage(Optional.empty(), now));
    }

    private void trouble() {
        if (calm) {
            return;
        }
        SimulatedKey key =
                any(List.copyOf(any(List.copyOf(vaults.values())).keys().values()));
        switch (random.nextInt(9)) {
            case 0, 1 -> key.change(now, s -> s.with(v -> new SimulatedKey.Version(v.name(), false, v.expiresAt())));
            case 2 -> key.change(now, s -> s.deleted(true));
            case 3 -> key.change(now, s -> s.access(SimulatedKey.Access.READ));
            case 4 -> key.change(now, s -> s.access(SimulatedKey.Access.NONE));
            case 5 -> key.change(now, s -> s.access(SimulatedKey.Access.BLOCKED));
            case 6 -> key.rotate(now);
            case 7 -> {
                Optional<Instant> soon = Optional.of(now.plus(Duration.ofHours(random.nextInt(24 * 20))));
                key.change(now, s -> s.with(v -> new SimulatedKey.Version(v.name(), v.enabled(), soon)));
            }
            default -> key.change(now, SimulatedKey.State::healed);
        }
        if (hints.isPresent() && random.nextInt(4) > 0) {
            after(Duration.ofMillis(random.nextInt(60_000)), () -> tell(key));
        }
        if (random.nextInt(4) == 0) {
            othersSay(key);
        }
        after(Duration.ofSeconds(60 + random.nextInt(4 * 3600)), () -> {
            if (!calm) {
                key.change(now, SimulatedKey.State::healed);
            }
        });
    }

    /// Publishes a revocation from another source, true or not.
    private void othersSay(SimulatedKey key) {
        othersAt.put(key.id(), now);
        uses.keySet()
                .forEach(tenant -> append(
                        new Event.KeyRevoked(
                                tenant,
                                new Stamp(now, new EventId("others-" + number++)),
                                key.id(),
                                Optional.empty(),
                                RevocationCause.KEY_DISABLED),
                        false));
    }

    /// Checks that facts and truth match for keys that have not changed for long enough.
    private void check() {
        for (SimulatedInstance instance : instances) {
            instance.watch().scheduler().oldestProof().ifPresent(oldest -> {
                Duration age = Duration.between(oldest, now);
                if (age.compareTo(tally.stalest) > 0) {
                    tally.stalest = age;
                }
            });
        }
        uses.forEach((tenant, facts) -> facts.stream()
                .flatMap(known -> known.keys().stream())
                .distinct()
                .filter(key -> quietSince(tenant, key).isBefore(now.minus(settledAfter(key))))
                .forEach(key -> agree(tenant, keyOf(key))));
    }

    private Duration settledAfter(KeyId key) {
        return keyOf(key).now().access() == SimulatedKey.Access.BLOCKED ? BLOCK_SETTLED : SETTLED;
    }

    private void agree(TenantId tenant, SimulatedKey key) {
        KeyFacts facts = processor.facts(tenant, key.id());
        ProbeAnswer truth =
                new ProbeAnswer(now, Optional.empty(), key.find(Optional.empty(), ProbeKind.ROUND_TRIP, now));
        Supplier<String> what = () -> "%s of %s at %s: %s, %s".formatted(key.id(), tenant, now, truth.result(), facts);
        if (!truth.usable()) {
            assertThat(facts.openRevocations())
                    .as(what)
                    .anyMatch(r -> r.cause() == truth.cause().get()
                            && (r.version().isEmpty() || r.version().equals(truth.scope())));
            return;
        }
        assertThat(facts.newestVersion()).as(what).isEqualTo(truth.version());
        assertThat(facts.openRevocations()).as(what).noneMatch(r -> r.version().equals(truth.version()));
        if (key.now().versions().stream().allMatch(SimulatedKey.Version::enabled)) {
            assertThat(facts.openRevocations())
                    .as(what)
                    .noneMatch(r -> r.version().isEmpty());
        }
        truth.expiresAt()
                .filter(expiry -> expiry.isBefore(now.plus(Duration.ofDays(30)).minus(SETTLED)))
                .ifPresent(expiry -> assertThat(facts.expiries())
                        .as(what)
                        .anyMatch(e -> e.version().equals(truth.version().get())
                                && e.expiresAt().equals(expiry)));
    }

    /// The time since which the key has not changed and nothing has delayed its watch. [Instant#MAX] while the
    /// vault has an outage.
    private Instant quietSince(TenantId tenant, KeyId id) {
        SimulatedKey key = keyOf(id);
        SimulatedVault vault = vaults.get(id.vaultUri());
        Optional<Instant> expiredAt = key.now().versions().getLast().expiresAt().filter(at -> !at.isAfter(now));
        return vault.isOut()
                ? Instant.MAX
                : Stream.of(
                                key.changedAt(),
                                vault.outageChangedAt(),
                                disturbedAt.get(partitionOf(tenant)),
                                othersAt.getOrDefault(id, begin),
                                expiredAt.orElse(begin))
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
    }

    private SimulatedKey keyOf(KeyId id) {
        return vaults.get(id.vaultUri()).keys().get(id.keyName());
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private void after(Duration wait, Runnable work) {
        agenda.add(new Task(now.plus(wait), number++, work));
    }

    private void every(Duration period, Runnable work) {
        after(period, () -> {
            work.run();
            every(period, work);
        });
    }

    private void atRandom(Duration mean, Runnable work) {
        after(Duration.ofMillis(1 + (long) (random.nextExponential() * mean.toMillis())), () -> {
            if (!calm) {
                work.run();
            }
            atRandom(mean, work);
        });
    }
}
