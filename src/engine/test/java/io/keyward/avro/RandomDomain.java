package io.keyward.avro;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.SeriesMemory;
import io.keyward.domain.SinkPeriods;
import io.keyward.domain.Slot;
import io.keyward.domain.Timer;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.IncidentId;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Retention;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.HostedMachineGroup;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Protection;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Newest;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.fact.Register;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.FlowId;
import io.keyward.domain.id.GroupId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Creates values of the domain from a seed. They have any shape that the types allow, not only shapes that the
/// rules can produce.
public final class RandomDomain {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_:äßλ漢😀";

    private final Random random;

    public RandomDomain(long seed) {
        random = new Random(seed);
    }

    List<Event> events() {
        return List.of(
                new Event.PolicyApplied(tenant(), stamp(), environment(), policy(), reference()),
                new Event.PolicyRemoved(tenant(), stamp(), environment(), policy()),
                new Event.EnvironmentChanged(tenant(), stamp(), environment(), snapshot(), random.nextBoolean()),
                new Event.KeyRotated(tenant(), stamp(), key(), version(), maybe(this::version), maybe(this::time)),
                new Event.KeyRevoked(tenant(), stamp(), key(), maybe(this::version), any(RevocationCause.class)),
                new Event.KeyRestored(
                        tenant(), stamp(), key(), maybe(this::version), maybe(() -> any(RevocationCause.class))),
                new Event.KeyExpiring(tenant(), stamp(), key(), version(), time()),
                new Event.TenantLimitChanged(tenant(), stamp(), number()),
                new Event.EnforcementReported(
                        tenant(),
                        stamp(),
                        environment(),
                        any(Component.class),
                        part(),
                        report(),
                        list(EnforcementReport.MAX_ENTRIES, this::part)),
                new Event.TenantErased(tenant(), stamp()),
                new Event.TimeReached(tenant(), time()));
    }

    public List<Publication> publications() {
        return List.of(
                new Publication.OfDecision(
                        random.nextLong(1, Long.MAX_VALUE),
                        decision(),
                        list(3, () -> any(WarningCode.class).name()),
                        list(3, this::text),
                        new Publication.About(
                                tenant(), Optional.of(environment()), maybe(this::text), text(), cause())),
                new Publication.OfWarning(
                        any(WarningCode.class),
                        incident().asRecorded(),
                        text(),
                        maybe(this::time),
                        new Publication.About(tenant(), maybe(this::environment), maybe(this::text), text(), cause())),
                new Publication.OfSignal(
                        text(),
                        signal(),
                        any(Rule.class),
                        random.nextLong(1, 99),
                        new Publication.About(
                                tenant(), Optional.of(environment()), Optional.empty(), text(), cause())));
    }

    public EnvironmentState environmentState() {
        var facts = new EnvironmentFacts(
                maybe(() -> new Register<>(stamp(), snapshot())),
                maybe(this::time),
                newest(EnvironmentFacts.CAPACITY, () -> new Fact.Reset(stamp())),
                maybe(this::time),
                newest(EnvironmentFacts.CAPACITY, () -> new Fact.Application(stamp(), policy(), reference())),
                newest(EnvironmentFacts.CAPACITY, () -> new Fact.Removal(stamp(), policy())),
                Set.copyOf(list(3, () -> any(Component.class))));
        return new EnvironmentState(facts, slot(), published(), series(), maybe(() -> new Timer(time(), time())));
    }

    private SeriesMemory series() {
        return new SeriesMemory(maybe(this::known), list(2, () -> new SeriesMemory.Ended(known(), time())));
    }

    private SeriesMemory.Known known() {
        return new SeriesMemory.Known(time(), maybe(this::time), random.nextBoolean());
    }

    public SinkPeriods sinks() {
        return new SinkPeriods(map(this::text, () -> list(2, this::interval)));
    }

    private TimeRange interval() {
        return new TimeRange(
                maybe(this::time).orElse(Instant.MIN), maybe(this::time).orElse(Instant.MAX));
    }

    private Signal signal() {
        return new Signal(
                any(Signal.Action.class),
                time(),
                list(3, () -> new TimeRange(maybe(this::time).orElse(Instant.MIN), time())));
    }

    public KeyFacts keyFacts() {
        return new KeyFacts(
                newest(KeyFacts.CAPACITY, () -> new Fact.Rotation(stamp(), version(), maybe(this::version))),
                newest(
                        KeyFacts.CAPACITY,
                        () -> new Fact.Revocation(stamp(), maybe(this::version), any(RevocationCause.class))),
                newest(
                        KeyFacts.CAPACITY,
                        () -> new Fact.Restoration(
                                stamp(), maybe(this::version), maybe(() -> any(RevocationCause.class)))),
                new Newest<>(KeyFacts.CAPACITY, list(2, () -> new Fact.Expiry(stamp(), version(), time()))));
    }

    public TenantState tenantState() {
        return new TenantState(
                maybe(() -> new Register<>(stamp(), number())),
                number(),
                maybe(this::incident),
                maybe(this::time),
                number());
    }

    public PartReports partReports() {
        return new PartReports(stated(), maybe(this::stated));
    }

    /// Only the names, because the rest of it are rows of their own.
    public ComponentReports componentReports() {
        return new ComponentReports(Collections.emptySortedMap(), names(), random.nextBoolean(), Optional.empty());
    }

    public ComponentReports.Known knownParts() {
        return new ComponentReports.Known(stamp(), random.nextBoolean(), names());
    }

    private SortedSet<PartName> names() {
        return new TreeSet<>(list(ComponentReports.CAPACITY, this::part));
    }

    private PartReports.Stated stated() {
        return new PartReports.Stated(stamp(), report());
    }

    private EnforcementReport report() {
        return new EnforcementReport(
                any(EnforcementReport.Phase.class),
                list(
                        EnforcementReport.MAX_ENTRIES,
                        () -> new EnforcementReport.Items(
                                maybe(() -> new KeyReference(key(), Optional.of(version()))), number())),
                random.nextBoolean(),
                number(),
                list(EnforcementReport.MAX_FAILED, () -> new EnforcementReport.FailedItem(text(), text())));
    }

    private PartName part() {
        return random.nextInt(4) == 0 ? PartName.ONLY : new PartName(text());
    }

    private Published published() {
        return new Published(
                random.nextLong(0, 1_000),
                maybe(this::decision),
                map(() -> any(WarningCode.class), () -> maybe(this::incident)),
                map(this::text, this::signal));
    }

    private Decision decision() {
        return new Decision(
                any(EncryptionState.class),
                any(PolicyStatus.class),
                maybe(this::policy),
                maybe(this::reference),
                maybe(this::time),
                maybe(this::time),
                maybe(this::time),
                map(() -> any(Component.class), () -> new ComponentProtection(any(Protection.class), any(Rule.class))),
                list(3, () -> new Retention(reference(), time())),
                map(() -> any(Component.class), () -> new Enforcement(any(EnforcementStatus.class), time())));
    }

    private Snapshot snapshot() {
        return new Snapshot(
                any(EnvironmentType.class),
                random.nextBoolean(),
                any(Lifecycle.class),
                flows(),
                flows(),
                number(),
                list(4, () -> new HostedMachineGroup(new GroupId(text()), time())),
                number(),
                maybe(this::migration),
                Optional.empty());
    }

    private FlowInventory flows() {
        var times = Stream.of(time(), time()).sorted().toList();
        int count = number();
        return new FlowInventory(
                count,
                maybe(times::getFirst),
                maybe(times::getLast),
                maybe(() -> random.nextInt(count + 1)),
                list(FlowInventory.MAX_IDS, () -> new FlowId(text())));
    }

    private FlowMigration migration() {
        var times = Stream.of(time(), time()).sorted().toList();
        return new FlowMigration(any(FlowMigration.State.class), maybe(times::getFirst), maybe(times::getLast));
    }

    private Slot slot() {
        return switch (random.nextInt(3)) {
            case 0 -> Slot.none();
            case 1 -> new Slot.Waiting(maybe(this::time));
            default -> new Slot.Held(maybe(this::time));
        };
    }

    private Cause cause() {
        return new Cause(text(), text(), time(), text(), number(), random.nextLong(0, Long.MAX_VALUE));
    }

    private Incident incident() {
        List<String> subjects = list(3, this::text);
        IncidentId id = new IncidentId(number(), text(), number(), random.nextLong(0, Long.MAX_VALUE));
        return new Incident(
                id, number(), time(), any(Severity.class), subjects, subjects.size() + 1, random.nextLong());
    }

    private Stamp stamp() {
        return new Stamp(time(), new EventId(text()));
    }

    private KeyReference reference() {
        return new KeyReference(key(), maybe(this::version));
    }

    private KeyId key() {
        return new KeyId("https://" + name() + ".vault.azure.net", name());
    }

    private KeyVersion version() {
        return new KeyVersion(name());
    }

    private TenantId tenant() {
        return new TenantId(text());
    }

    private EnvironmentId environment() {
        return new EnvironmentId(text());
    }

    private PolicyId policy() {
        return new PolicyId(text());
    }

    private Instant time() {
        return Instant.ofEpochMilli(random.nextLong(-1_000, 4_000_000_000_000L));
    }

    private int number() {
        return random.nextInt(0, random.nextBoolean() ? 3 : Integer.MAX_VALUE);
    }

    /// A valid name of a key in an event.
    private String name() {
        return "k" + Long.toString(random.nextLong(0, Long.MAX_VALUE), Character.MAX_RADIX);
    }

    private String text() {
        var codePoints = LETTERS.codePoints().toArray();
        return random.ints(random.nextInt(1, 30), 0, codePoints.length)
                .map(index -> codePoints[index])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private <E extends Enum<E>> E any(Class<E> type) {
        var all = type.getEnumConstants();
        return all[random.nextInt(all.length)];
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> list(int longest, Supplier<T> element) {
        return Stream.generate(element).limit(random.nextInt(longest + 1)).toList();
    }

    private <T extends Fact> Newest<T> newest(int capacity, Supplier<T> fact) {
        Optional<Instant> evicted = maybe(this::time);
        return new Newest<>(
                capacity,
                list(random.nextInt(8) == 0 ? capacity : 2, fact),
                evicted,
                evicted.flatMap(_ -> maybe(this::time)));
    }

    private <K, V> SortedMap<K, V> map(Supplier<K> key, Supplier<V> value) {
        return new TreeMap<>(list(4, key).stream().distinct().collect(Collectors.toMap(k -> k, _ -> value.get())));
    }

    /// Seeds to test: new ones each time, or the failed one with `-Dkeyward.test.seed=N`.
    public static Stream<Long> seeds() {
        var wanted = Optional.ofNullable(Long.getLong("keyward.test.seed"));
        return wanted.map(Stream::of).orElseGet(() -> new Random().longs(50).boxed());
    }
}
