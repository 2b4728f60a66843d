package io.keyward.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Difference;
import io.keyward.domain.decision.EnvironmentName;
import io.keyward.domain.decision.LimitWarning;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One tenant in the [ReferenceModel]: its facts, its slots (the only thing that depends on the order of
/// arrival), and what was published.
public final class ReferenceTenant {
    private final TenantId id;
    private final Decider decider;
    private final ReferenceSlots slots = new ReferenceSlots();
    private final Map<EnvironmentId, EnvironmentFacts> environments = new TreeMap<>();
    private final Map<EnvironmentId, Reports> reports = new HashMap<>();
    private final Map<KeyId, KeyFacts> keys = new HashMap<>();
    private final Map<EnvironmentId, Published> published = new HashMap<>();
    private final Map<EnvironmentId, ReferenceSuppressions> suppressions = new HashMap<>();
    private TenantState state = TenantState.NONE;

    ReferenceTenant(TenantId id, RuleProfile profile) {
        this.id = id;
        this.decider = new Decider(profile);
    }

    ReferenceTenant copy() {
        ReferenceTenant copy = new ReferenceTenant(id, decider.profile());
        copy.slots.addAll(slots);
        copy.environments.putAll(environments);
        copy.reports.putAll(reports);
        copy.keys.putAll(keys);
        copy.published.putAll(published);
        copy.state = state;
        return copy;
    }

    public TenantId id() {
        return id;
    }

    List<Publication> accept(Event event) {
        Map<EnvironmentId, EnvironmentFacts> before = Map.copyOf(environments);
        keep(event);
        Map<EnvironmentId, History> histories = new TreeMap<>();
        environments.keySet().forEach(environment -> histories.put(environment, history(environment)));
        slots.settle(environments, histories, state.limit(), event.occurredAt());
        return publish(
                before, new Cause(event.type(), event.stamp().eventId().value(), event.occurredAt(), "test", 0, 0));
    }

    void acceptTogether(List<? extends Event> events) {
        events.subList(0, events.size() - 1).forEach(this::keep);
        accept(events.getLast());
    }

    void letTimePass(Instant now) {
        Optional<Instant> due = nextDue(now);
        while (due.isPresent()) {
            accept(new Event.TimeReached(id, due.get()));
            due = nextDue(now);
        }
    }

    private Optional<Instant> nextDue(Instant now) {
        return verdicts().values().stream()
                .flatMap(verdict -> verdict.dueAt().stream())
                .filter(due -> !due.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    /// The latest moment that was stated.
    public Optional<Instant> timeReached() {
        return state.timeReached();
    }

    private void keep(Event event) {
        switch (event) {
            case Event.OfEnvironment e -> {
                EnvironmentFacts facts = facts(e.environmentId()).with(e);
                environments.put(e.environmentId(), facts);
                reports.put(e.environmentId(), reports(e.environmentId()).with(e, facts));
            }
            case Event.OfKey e -> keys.merge(e.key(), KeyFacts.NONE.with(e), (held, _) -> held.with(e));
            case Event.TenantLimitChanged e -> state = state.with(e);
            case Event.TenantErased _ -> throw new IllegalArgumentException(event.type());
            case Event.TimeReached e -> state = state.with(e);
        }
    }

    private List<Publication> publish(Map<EnvironmentId, EnvironmentFacts> before, Cause cause) {
        List<Publication> publications = new ArrayList<>();
        environments.keySet().forEach(environment -> {
            Optional<Assessment> made = assessment(environment);
            List<TimeRange> series = history(environment).endedSeries(facts(environment), keys);
            ReferenceSuppressions suppressed =
                    suppressions.computeIfAbsent(environment, _ -> new ReferenceSuppressions());
            suppressed.remember(facts(environment), series, made.map(Assessment::situation));
            Difference difference = Difference.between(
                    published(environment),
                    made.map(Assessment::verdict),
                    mentioned(
                            environment,
                            suppressed.signals(facts(environment), series, decider.profile(), cause.occurredAt())),
                    Publication.About.of(
                            id, name(environment, before), decider.profile().name(), cause));
            published.put(environment, difference.published());
            publications.addAll(difference.publications());
        });
        warnOfLimit(cause).ifPresent(publications::add);
        return publications;
    }

    /// A sink is mentioned once it was suppressed.
    private SortedMap<String, Signal> mentioned(EnvironmentId environment, SortedMap<String, Signal> signals) {
        SortedMap<String, Signal> mentioned = new TreeMap<>(signals);
        mentioned
                .entrySet()
                .removeIf(signal -> signal.getValue().isNothing()
                        && !published(environment).signals().containsKey(signal.getKey()));
        return mentioned;
    }

    /// R13: raised when 80 percent are used, updated when the limit changes, cleared when fewer are used.
    private Optional<Publication> warnOfLimit(Cause cause) {
        int used = slots.used();
        LimitWarning warning =
                LimitWarning.between(id, state(), decider.profile().name(), cause);
        assertThat(warning.state().limitIncident().isPresent())
                .as("the warning is open with %s of %s slots", used, state.limit())
                .isEqualTo(used > 0 && used * 10 >= state.limit() * 8);
        if (warning.publication().isPresent()) {
            state = state.withLimitNear(warning.state().limitIncident());
        }
        return warning.publication();
    }

    /// By the last snapshot; a purge that removes it still has the name.
    private EnvironmentName name(EnvironmentId environment, Map<EnvironmentId, EnvironmentFacts> before) {
        return new EnvironmentName(
                environment,
                Stream.of(facts(environment), before.getOrDefault(environment, EnvironmentFacts.NONE))
                        .flatMap(known -> known.snapshot().stream())
                        .findFirst()
                        .flatMap(known -> known.value().displayName()));
    }

    /// By the product's rules, with the slot of this model.
    public Optional<Assessment> assessment(EnvironmentId environment) {
        return knownWithAllKeys(environment).assessment(decider);
    }

    public Optional<Verdict> verdict(EnvironmentId environment) {
        return assessment(environment).map(Assessment::verdict);
    }

    public SortedMap<EnvironmentId, Verdict> verdicts() {
        SortedMap<EnvironmentId, Verdict> verdicts = new TreeMap<>();
        environments.keySet().forEach(e -> verdict(e).ifPresent(verdict -> verdicts.put(e, verdict)));
        return verdicts;
    }

    /// The environments that any event has named.
    public Set<EnvironmentId> environments() {
        return environments.keySet();
    }

    public History history(EnvironmentId environment) {
        return History.of(facts(environment), keys);
    }

    public EnvironmentFacts facts(EnvironmentId environment) {
        return environments.getOrDefault(environment, EnvironmentFacts.NONE);
    }

    public Reports reports(EnvironmentId environment) {
        return reports.getOrDefault(environment, Reports.NONE);
    }

    KeyFacts facts(KeyId key) {
        return keys.getOrDefault(key, KeyFacts.NONE);
    }

    /// The environment with everything that its verdict is based on.
    public KnownEnvironment known(EnvironmentId environment) {
        Map<KeyId, KeyFacts> used = new HashMap<>();
        facts(environment).keys().forEach(key -> used.put(key, facts(key)));
        return known(environment, used);
    }

    /// The same with the facts of every key.
    public KnownEnvironment knownWithAllKeys(EnvironmentId environment) {
        return known(environment, keys);
    }

    private KnownEnvironment known(EnvironmentId environment, Map<KeyId, KeyFacts> used) {
        return new KnownEnvironment(
                id,
                environment,
                new EnvironmentState(
                        facts(environment),
                        slots.of(environment),
                        published(environment),
                        SeriesMemory.NONE,
                        Optional.empty()),
                reports(environment),
                used,
                state.timeReached().orElse(Instant.MIN));
    }

    /// The tenant's limit, with the slots in use.
    public TenantState state() {
        return state.addSlots(slots.used());
    }

    /// How many other environments get a free slot before that one: those that wait for longer, or all that wait
    /// if it does not.
    public int ahead(EnvironmentId environment) {
        List<EnvironmentId> queue = slots.waiting().stream()
                .filter(e -> facts(e).snapshot().orElseThrow().value().eligible())
                .sorted(Comparator.comparing(
                                (EnvironmentId e) -> history(e).seriesStart().orElseThrow())
                        .thenComparing(e -> e))
                .toList();
        return queue.contains(environment) ? queue.indexOf(environment) : queue.size();
    }

    public Published published(EnvironmentId environment) {
        return published.getOrDefault(environment, Published.NOTHING);
    }

    public ReferenceSlots slots() {
        return slots;
    }

    int limit() {
        return state.limit();
    }

    boolean limitNear() {
        return state.limitIncident().isPresent();
    }
}
