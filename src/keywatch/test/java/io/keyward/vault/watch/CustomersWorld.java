package io.keyward.vault.watch;

import io.keyward.config.KeywardConfig;
import io.keyward.config.VaultSettings;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.TenantKeyReference;
import io.keyward.vault.watch.SimulatedCustomer.Switch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/// Forty customers, the platform, and four instances with twelve partitions, with a virtual clock. The
/// platform publishes what it is denied, and takes it back. What the watch publishes is compared with what is true.
final class CustomersWorld {
    private static final int PARTITIONS = 12;
    private static final Duration OUTAGE_BEGINS = Duration.ofDays(4);
    private static final Duration OUTAGE_LASTS = Duration.ofDays(5);

    /// A change reaches the nodes of a vault within this time, and a probe that began before it may still be answered.
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    /// After this time without a denial, nothing that the watch has stated is open.
    private static final Duration SETTLED = Duration.ofHours(2);

    private static final List<List<Switch>> DEEDS = List.of(
            List.of(Switch.POLICY_GRANT),
            List.of(Switch.POLICY_GRANT),
            List.of(Switch.KEYWARD_GRANT),
            List.of(Switch.KEYWARD_GRANT),
            List.of(Switch.POLICY_GRANT, Switch.KEYWARD_GRANT),
            List.of(Switch.PLATFORM_NETWORK),
            List.of(Switch.KEYWARD_NETWORK),
            List.of(Switch.PLATFORM_NETWORK, Switch.KEYWARD_NETWORK),
            List.of(Switch.ENABLED));

    private final KeywardConfig settings;
    private final RandomGenerator random;
    private final Switch grant;
    private final Switch network;
    private final Instant begin = Instant.parse("2024-10-06T00:00:00Z");
    private final List<SimulatedCustomer> customers =
            IntStream.range(0, 40).mapToObj(SimulatedCustomer::new).toList();
    private final Map<KeyId, SimulatedCustomer> byKey = new LinkedHashMap<>();
    private final Map<KeyId, KeyFacts> facts = new HashMap<>();
    private final List<Node> instances = new ArrayList<>();
    private final Map<Integer, Node> owners = new HashMap<>();
    private final PriorityQueue<Task> agenda =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::number));
    private final Set<KeyId> outlasted = new HashSet<>();
    private final Set<KeyId> locked = new HashSet<>();
    private Instant now = begin;
    private long number;
    private int removals;
    private int denied;
    private int falseLocks;
    private int lifted;
    private int stated;
    private int byThePlatform;
    private int mostHeld;

    private record Task(Instant at, long number, Runnable work) {}

    /// @param removals grants and networks that customers have taken away
    /// @param trueLocks revocations that the platform has published
    /// @param statedByTheWatch revocations that the watch has published
    /// @param denied keys that the outage alone denies, to whom nobody else does
    /// @param falseLocks denials that the watch has published of keys that nobody had taken away
    /// @param liftedWhileTrue restorations by the watch while their cause went on
    /// @param outlasted keys with a revocation of the watch long after its cause
    /// @param mostHeld the most keys that were held at one time
    record Counts(
            int removals,
            int trueLocks,
            int statedByTheWatch,
            int denied,
            int falseLocks,
            int liftedWhileTrue,
            int outlasted,
            int mostHeld) {}

    CustomersWorld(KeywardConfig settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        this.grant = settings.value(VaultSettings.IDENTITY) == VaultSettings.Identity.POLICY
                ? Switch.POLICY_GRANT
                : Switch.KEYWARD_GRANT;
        this.network = settings.value(VaultSettings.NETWORK) == VaultSettings.Network.PLATFORM
                ? Switch.PLATFORM_NETWORK
                : Switch.KEYWARD_NETWORK;
        customers.forEach(customer -> {
            byKey.put(customer.key, customer);
            facts.put(
                    customer.key,
                    KeyFacts.NONE.with(new Event.KeyRotated(
                            customer.tenant,
                            new Stamp(begin.minusSeconds(1), new EventId("rotated")),
                            customer.key,
                            Answers.version("v1"),
                            Optional.empty(),
                            Optional.empty())));
        });
        IntStream.range(0, 4).forEach(_ -> instances.add(new Node()));
        IntStream.range(0, PARTITIONS).forEach(p -> owners.put(p, instances.get(p % 4)));
    }

    Counts counts() {
        return new Counts(removals, byThePlatform, stated, denied, falseLocks, lifted, outlasted.size(), mostHeld);
    }

    void run(Duration duration) {
        Instant end = now.plus(duration);
        every(Duration.ofMinutes(1), this::list);
        every(Duration.ofMinutes(10), this::check);
        customers.forEach(customer -> atRandom(Duration.ofDays(4), () -> act(customer)));
        atRandom(Duration.ofHours(12), () -> restart(random.nextInt(4)));
        atRandom(Duration.ofHours(8), this::rebalance);
        after(OUTAGE_BEGINS, this::outage);
        after(
                OUTAGE_BEGINS.plusDays(1),
                () -> IntStream.range(0, 4).forEach(i -> after(Duration.ofMinutes(3L * i), () -> restart(i))));
        list();
        while (now.isBefore(end)) {
            instances.forEach(Node::probe);
            Instant next = agenda.peek().at();
            for (Node node : instances) {
                Instant wake = node.watch.scheduler().wakeAt();
                next = wake.isBefore(next) ? wake : next;
            }
            now = next.isAfter(now) ? next : now;
            while (!agenda.peek().at().isAfter(now)) {
                agenda.poll().work().run();
            }
        }
    }

    /// A customer takes something away, for hours or days. The platform notices what concerns it, and publishes it.
    private void act(SimulatedCustomer customer) {
        any(DEEDS).stream().filter(customer::isOn).forEach(one -> {
            removals++;
            customer.turn(one, false, now);
            Optional<RevocationCause> cause = SimulatedCustomer.causeOf(one);
            Duration lasts = Duration.ofMinutes(30 + random.nextInt(48 * 60));
            Duration noticed = Duration.ofMinutes(1 + random.nextInt(20));
            boolean told = cause.isPresent() && (grant == Switch.KEYWARD_GRANT || random.nextBoolean());
            if (told) {
                after(noticed, () -> platform(customer, cause.get(), true));
                after(lasts.plus(noticed).plusMinutes(5), () -> platform(customer, cause.get(), false));
            }
            after(lasts, () -> customer.turn(one, true, now));
        });
    }

    private void platform(SimulatedCustomer customer, RevocationCause cause, boolean revoked) {
        Stamp stamp = new Stamp(now, new EventId("platform-" + number++));
        byThePlatform += revoked ? 1 : 0;
        store(
                revoked
                        ? new Event.KeyRevoked(customer.tenant, stamp, customer.key, Optional.empty(), cause)
                        : new Event.KeyRestored(
                                customer.tenant, stamp, customer.key, Optional.empty(), Optional.of(cause)));
    }

    /// Begins and ends at each vault within minutes. Some vaults use access policies, and go on to answer.
    private void outage() {
        customers.stream().filter(_ -> random.nextInt(5) > 0).forEach(customer -> {
            after(Duration.ofSeconds(random.nextInt(600)), () -> {
                denied += customer.isWellSince(grant, network, now) ? 1 : 0;
                customer.outage(true, now);
            });
            after(OUTAGE_LASTS.plusSeconds(random.nextInt(1_200)), () -> customer.outage(false, now));
        });
    }

    private void restart(int which) {
        Node dead = instances.get(which);
        Node next = new Node();
        instances.set(which, next);
        owners.replaceAll((_, owner) -> owner == dead ? next : owner);
        next.list();
    }

    /// Two partitions change places, so that each instance keeps its share.
    private void rebalance() {
        int one = random.nextInt(PARTITIONS);
        int other = random.nextInt(PARTITIONS);
        Node owner = owners.get(one);
        owners.put(one, owners.get(other));
        owners.put(other, owner);
        list();
    }

    private void list() {
        instances.forEach(Node::list);
        mostHeld = Math.max(
                mostHeld,
                instances.stream().mapToInt(node -> node.watch.deniedHeld()).sum());
    }

    private void store(Event.OfKey event) {
        facts.merge(event.key(), KeyFacts.NONE, (known, _) -> known.with(event));
    }

    /// Compares what the watch publishes with what is true.
    private void published(Event.OfKey event) {
        SimulatedCustomer customer = byKey.get(event.key());
        Instant at = event.occurredAt();
        switch (event) {
            case Event.KeyRevoked e -> {
                stated++;
                if (!customer.wasTrueSince(e.cause(), at.minus(TOLERANCE)) && locked.add(e.key())) {
                    falseLocks++;
                }
            }
            case Event.KeyRestored e -> {
                lifted += customer.isTrueSince(e.cause().orElseThrow(), at.minus(TOLERANCE)) ? 1 : 0;
                locked.remove(e.key());
            }
            case Event.KeyRotated _, Event.KeyExpiring _ -> throw new AssertionError(event);
        }
        store(event);
    }

    /// Nothing that the watch has stated is open when neither it nor the platform has been denied for long.
    private void check() {
        customers.stream()
                .filter(customer -> customer.isWellSince(grant, network, now.minus(SETTLED)))
                .filter(customer -> facts.get(customer.key).openRevocations().stream()
                        .map(Fact.Revocation::stamp)
                        .anyMatch(stamp -> EventIds.isOurs(stamp.eventId())))
                .forEach(customer -> outlasted.add(customer.key));
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
            work.run();
            atRandom(mean, work);
        });
    }

    private static int partition(TenantId tenant) {
        return Math.floorMod(tenant.value().hashCode(), PARTITIONS);
    }

    /// An instance. What it publishes becomes a fact at once.
    private final class Node implements KeySource {
        private final WatchLogic watch = new WatchLogic(settings, this, random);

        void list() {
            watch.listed(inUse(now), now);
            watch.review(now);
        }

        void probe() {
            for (var next = watch.scheduler().next(now);
                    next.isPresent();
                    next = watch.scheduler().next(now)) {
                ProbeRequest request = next.get();
                Instant asked = now;
                after(Duration.ofMillis(20 + random.nextInt(500)), () -> answer(request, asked));
            }
        }

        private void answer(ProbeRequest request, Instant asked) {
            if (instances.contains(this)) {
                var result = byKey.get(request.key().key()).answer(grant, network);
                watch.answered(request, asked, result, now).forEach(CustomersWorld.this::published);
            }
        }

        @Override
        public Map<Integer, Optional<Set<TenantKeyReference>>> inUse(Instant moment) {
            Map<Integer, Optional<Set<TenantKeyReference>>> inUse = new HashMap<>();
            owners.forEach((partition, owner) -> {
                if (owner == this) {
                    inUse.put(partition, Optional.of(new HashSet<>()));
                }
            });
            customers.forEach(customer -> Optional.ofNullable(inUse.get(partition(customer.tenant)))
                    .ifPresent(keys -> keys.orElseThrow()
                            .add(new TenantKeyReference(
                                    customer.tenant, new KeyReference(customer.key, Optional.empty())))));
            return inUse;
        }

        @Override
        public int partitionsInAll() {
            return PARTITIONS;
        }

        @Override
        public Optional<KeyFacts> facts(TenantId tenant, KeyId key) {
            return Optional.of(CustomersWorld.this.facts.get(key));
        }

        @Override
        public Map<TopicPartition, Long> processed() {
            return Map.of();
        }
    }
}
