package io.keyward.domain;

import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.key;

import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.HostedMachineGroup;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.FlowId;
import io.keyward.domain.id.GroupId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Generated histories: events of several tenants over a few environments, policies, keys, versions and times.
/// They often coincide: at equal times, under equal ids, on the same keys, naming each other's policies.
public final class EventHistories {
    private static final Arbitrary<PolicyId> POLICIES =
            Arbitraries.of("p1", "p2").map(PolicyId::new);
    private static final Arbitrary<KeyId> KEYS = Arbitraries.of(key("k1"), key("k1"), key("k2"), key("k3"));
    private static final Arbitrary<KeyVersion> VERSIONS =
            Arbitraries.of("v1", "v2", "v3").map(KeyVersion::new);
    private static final Arbitrary<RevocationCause> CAUSES = Arbitraries.of(
            RevocationCause.KEY_DISABLED,
            RevocationCause.KEY_DISABLED,
            RevocationCause.ACCESS_REMOVED,
            RevocationCause.KEY_EXPIRED);

    /// Mostly within ten days; some at the ends of retentions and of early disabling.
    private static final Arbitrary<Instant> TIMES = Arbitraries.frequencyOf(
            Tuple.of(12, Arbitraries.integers().between(0, 10).map(Facts::day)),
            Tuple.of(1, Arbitraries.integers().between(28, 41).map(Facts::day)));

    /// Expiries: some have passed, some are due within a history.
    private static final Arbitrary<Instant> EXPIRIES =
            Arbitraries.integers().between(0, 75).map(Facts::day);

    private static final Arbitrary<Stamp> STAMPS = Combinators.combine(
                    TIMES,
                    Arbitraries.of("a", "b", "c", "d", "e", "f", "g", "h").map(EventId::new))
            .as(Stamp::new);

    /// The kinds of events in a history.
    ///
    /// @param tenants the tenants of the events
    /// @param natures the types of the environments, by their number; a constant one keeps eligibility constant
    /// @param limits which limits are stated, if any
    /// @param versions whether versions of keys are named
    public record Kinds(List<String> tenants, List<List<Inventory>> natures, List<Integer> limits, boolean versions) {}

    private static final List<String> MANY = List.of("contoso", "contoso", "contoso", "fabrikam");
    private static final List<String> ONE = List.of("contoso");

    private static final List<Inventory> PRODUCTION = List.of(Inventory.production());
    private static final List<Inventory> SANDBOX = List.of(Inventory.of(EnvironmentType.SANDBOX));
    private static final List<Inventory> TEAMS = List.of(Inventory.of(EnvironmentType.TEAMS));

    /// Nothing that depends on the order of arrival: eligibility is constant and the limit is never reached.
    public static final Kinds CONVERGENT = new Kinds(MANY, List.of(PRODUCTION, SANDBOX, TEAMS), List.of(), true);

    /// Everything.
    public static final Kinds ALL = new Kinds(
            MANY,
            List.of(
                    PRODUCTION,
                    List.of(
                            Inventory.production(),
                            Inventory.production(),
                            Inventory.production().unmanaged()),
                    List.of(Inventory.of(EnvironmentType.SANDBOX), Inventory.of(EnvironmentType.TRIAL)),
                    List.of(Inventory.of(EnvironmentType.UNKNOWN))),
            List.of(0, 1, 1, 2, 3),
            true);

    /// One environment.
    static final Kinds ALONE = new Kinds(ONE, List.of(PRODUCTION), List.of(), true);

    /// One environment, whose keys are only revoked whole: no version is ever named.
    static final Kinds WITHOUT_VERSIONS = new Kinds(ONE, List.of(PRODUCTION), List.of(), false);

    private EventHistories() {}

    public static Arbitrary<List<Event>> of(Kinds kinds, int most) {
        return event(kinds).list().ofMinSize(1).ofMaxSize(most);
    }

    /// The same histories with snapshots that repeat, up to twelve days later, those of the history. They arrive
    /// at any time.
    public static Arbitrary<List<Event>> repeating(Arbitrary<List<Event>> histories) {
        return Combinators.combine(histories, Arbitraries.longs()).as((events, seed) -> {
            Random random = new Random(seed);
            List<Event> all = new ArrayList<>(events);
            for (Event event : events) {
                if (event instanceof Event.EnvironmentChanged && random.nextBoolean()) {
                    Event again = Facts.later(Duration.ofDays(random.nextInt(13)), event);
                    all.add(random.nextInt(all.size() + 1), Facts.as("again", again));
                }
            }
            return all;
        });
    }

    private static Arbitrary<Event> event(Kinds kinds) {
        List<Tuple.Tuple2<Integer, Arbitrary<Event>>> choices = new ArrayList<>(List.of(
                Tuple.of(8, applied(kinds)),
                Tuple.of(4, removed(kinds)),
                Tuple.of(8, changed(kinds)),
                Tuple.of(6, revoked(kinds)),
                Tuple.of(5, restored(kinds)),
                Tuple.of(3, timeReached(kinds))));
        if (kinds.versions()) {
            choices.add(Tuple.of(5, rotated(kinds)));
            choices.add(Tuple.of(1, expiring(kinds)));
        }
        if (!kinds.limits().isEmpty()) {
            choices.add(Tuple.of(2, limits(kinds)));
        }
        return Arbitraries.frequencyOf(choices);
    }

    private static Arbitrary<TenantId> tenants(Kinds kinds) {
        return Arbitraries.of(kinds.tenants()).map(TenantId::new);
    }

    private static Arbitrary<Integer> environments(Kinds kinds) {
        return Arbitraries.integers().between(1, kinds.natures().size());
    }

    private static EnvironmentId id(int environment) {
        return Facts.environment("e" + environment);
    }

    private static Arbitrary<Optional<KeyVersion>> versions(Kinds kinds, double absent) {
        return VERSIONS.optional(kinds.versions() ? 1 - absent : 0);
    }

    private static Arbitrary<Event> applied(Kinds kinds) {
        return Combinators.combine(tenants(kinds), STAMPS, environments(kinds), POLICIES, KEYS, versions(kinds, 0.75))
                .as((tenant, stamp, environment, policy, key, pin) ->
                        new Event.PolicyApplied(tenant, stamp, id(environment), policy, new KeyReference(key, pin)));
    }

    private static Arbitrary<Event> removed(Kinds kinds) {
        return Combinators.combine(tenants(kinds), STAMPS, environments(kinds), POLICIES)
                .as((tenant, stamp, environment, policy) ->
                        new Event.PolicyRemoved(tenant, stamp, id(environment), policy));
    }

    private static Arbitrary<Event> changed(Kinds kinds) {
        Arbitrary<Lifecycle> lifecycles = Arbitraries.frequency(
                Tuple.of(20, Lifecycle.ACTIVE),
                Tuple.of(2, Lifecycle.DELETED),
                Tuple.of(1, Lifecycle.PURGED),
                Tuple.of(1, Lifecycle.RESET),
                Tuple.of(1, Lifecycle.UNKNOWN));
        Arbitrary<List<Integer>> numbers =
                Arbitraries.integers().between(0, 9).list().ofSize(8);
        return Combinators.combine(
                        tenants(kinds),
                        STAMPS,
                        environments(kinds),
                        lifecycles,
                        numbers,
                        Arbitraries.of(true, true, false))
                .as((tenant, stamp, environment, lifecycle, n, runtime) -> new Event.EnvironmentChanged(
                        tenant,
                        stamp,
                        id(environment),
                        snapshot(kinds.natures().get(environment - 1), lifecycle, n),
                        runtime));
    }

    private static Snapshot snapshot(List<Inventory> natures, Lifecycle lifecycle, List<Integer> n) {
        Snapshot nature = natures.get(n.get(0) % natures.size()).snapshot();
        return new Snapshot(
                nature.type(),
                nature.managed(),
                lifecycle,
                reported(flows(n.get(1), n.get(2)), n.get(6)),
                flows(n.get(2), n.get(3)),
                n.get(4) % 2,
                n.get(5) % 3 == 0
                        ? List.of()
                        : List.of(
                                new HostedMachineGroup(new GroupId("g1"), day(n.get(4))),
                                new HostedMachineGroup(new GroupId("g2"), day(n.get(5)))),
                n.get(3) % 2,
                migration(n.get(6), n.get(7)),
                Optional.empty());
    }

    /// In half of the snapshots the platform reports how many flows are on the Microsoft-managed key.
    private static FlowInventory reported(FlowInventory flows, int a) {
        Optional<Integer> left = a % 2 == 0
                ? Optional.empty()
                : Optional.of(a % 3 == 0 ? 0 : a == 1 ? flows.count() : flows.count() / 2);
        return new FlowInventory(
                flows.count(),
                flows.oldestCreatedAt(),
                flows.newestCreatedAt(),
                left,
                a == 7 ? List.of(new FlowId("f1")) : List.of());
    }

    private static Optional<FlowMigration> migration(int a, int b) {
        return switch (b) {
            case 0, 1 ->
                Optional.of(new FlowMigration(FlowMigration.State.RUNNING, Optional.of(day(a)), Optional.empty()));
            case 2, 3, 4 ->
                Optional.of(new FlowMigration(FlowMigration.State.DONE, Optional.empty(), Optional.of(day(a))));
            case 5 -> Optional.of(new FlowMigration(FlowMigration.State.DONE, Optional.of(day(a)), Optional.empty()));
            case 6 ->
                Optional.of(new FlowMigration(FlowMigration.State.NOT_STARTED, Optional.empty(), Optional.empty()));
            default -> Optional.empty();
        };
    }

    private static FlowInventory flows(int a, int b) {
        return switch ((a + b) % 4) {
            case 0, 1 -> FlowInventory.EMPTY;
            case 2 -> new FlowInventory(1 + a, Optional.of(day(Math.min(a, b))), Optional.of(day(Math.max(a, b))));
            default ->
                new FlowInventory(a < b ? 2 : 1 + a % 2, Optional.of(day(a)).filter(_ -> a < b), Optional.of(day(b)));
        };
    }

    private static Arbitrary<Event> revoked(Kinds kinds) {
        return Combinators.combine(tenants(kinds), STAMPS, KEYS, versions(kinds, 0.5), CAUSES)
                .as(Event.KeyRevoked::new);
    }

    private static Arbitrary<Event> restored(Kinds kinds) {
        return Combinators.combine(tenants(kinds), STAMPS, KEYS, versions(kinds, 0.7), CAUSES.optional(0.4))
                .as(Event.KeyRestored::new);
    }

    private static Arbitrary<Event> rotated(Kinds kinds) {
        return Combinators.combine(
                        tenants(kinds), STAMPS, KEYS, VERSIONS, VERSIONS.optional(0.5), EXPIRIES.optional(0.3))
                .as(Event.KeyRotated::new);
    }

    private static Arbitrary<Event> expiring(Kinds kinds) {
        return Combinators.combine(tenants(kinds), STAMPS, KEYS, VERSIONS, EXPIRIES)
                .as(Event.KeyExpiring::new);
    }

    private static Arbitrary<Event> timeReached(Kinds kinds) {
        return Combinators.combine(
                        tenants(kinds), Arbitraries.integers().between(0, 45).map(Facts::day))
                .as(Event.TimeReached::new);
    }

    private static Arbitrary<Event> limits(Kinds kinds) {
        return Combinators.combine(tenants(kinds), STAMPS, Arbitraries.of(kinds.limits()))
                .as(Event.TenantLimitChanged::new);
    }

    /// The same events in another order, some of them more than once.
    public static List<Event> disturbed(List<Event> events, long seed) {
        Random random = new Random(seed);
        List<Event> disturbed = new ArrayList<>(events);
        events.forEach(event -> {
            if (random.nextInt(3) == 0) {
                disturbed.add(event);
            }
        });
        Collections.shuffle(disturbed, random);
        return disturbed;
    }

    /// The same events in order of their time.
    public static List<Event> inOrder(List<Event> events) {
        return events.stream().sorted(Comparator.comparing(Event::stamp)).toList();
    }
}
