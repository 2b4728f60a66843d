package io.keyward.proof.inputs;

import io.keyward.domain.decision.TenantState;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.topology.store.Nodes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// All facts of one tenant. They merge in any order, and adding one twice changes nothing. Not thread-safe.
final class TenantFacts {
    /// Of an environment [EnvironmentFacts], of reports [Reports], of a key [KeyFacts], of the tenant [TenantState].
    private final Map<FactScope, Object> facts = new HashMap<>();

    TenantFacts copy() {
        TenantFacts copy = new TenantFacts();
        copy.facts.putAll(facts);
        return copy;
    }

    EnvironmentFacts of(EnvironmentId environment) {
        return (EnvironmentFacts) at(FactScope.of(environment));
    }

    Reports reportsOf(EnvironmentId environment) {
        return (Reports) at(FactScope.ofReports(environment));
    }

    KeyFacts of(KeyId key) {
        return (KeyFacts) at(FactScope.of(key));
    }

    /// With the stated limit and the time reached, and nothing else.
    TenantState state() {
        return (TenantState) at(FactScope.TENANT);
    }

    /// The facts at a place, of the type that belongs to it.
    Object at(FactScope scope) {
        return facts.getOrDefault(
                scope,
                switch (scope.store()) {
                    case Nodes.ENVIRONMENTS -> EnvironmentFacts.NONE;
                    case Nodes.ENFORCEMENT -> Reports.NONE;
                    case Nodes.KEYS -> KeyFacts.NONE;
                    default -> TenantState.NONE;
                });
    }

    /// At how many places of this store there are facts.
    long count(String store) {
        return facts.keySet().stream()
                .filter(scope -> scope.store().equals(store))
                .count();
    }

    /// Takes over what a row says.
    ///
    /// @param found of the type that belongs to the place
    void put(FactScope scope, Object found) {
        facts.put(scope, found);
    }

    /// Adds the fact of an event, as the topology does.
    void add(Event event) {
        facts.putAll(with(event));
    }

    /// Whether adding an event would change nothing.
    boolean holds(Event event) {
        return with(event).entrySet().stream()
                .allMatch(after -> after.getValue().equals(at(after.getKey())));
    }

    /// The facts with that of an event, at the places that the event is about.
    private Map<FactScope, Object> with(Event event) {
        return switch (event) {
            case Event.OfEnvironment e -> {
                EnvironmentId environment = e.environmentId();
                EnvironmentFacts after = of(environment).with(e);
                Reports reported = reportsOf(environment).with(e, after);
                yield Map.of(FactScope.of(environment), after, FactScope.ofReports(environment), reported);
            }
            case Event.OfKey e -> Map.of(FactScope.of(e.key()), of(e.key()).with(e));
            case Event.TenantLimitChanged e -> Map.of(FactScope.TENANT, state().with(e));
            case Event.TimeReached e -> Map.of(FactScope.TENANT, state().with(e));
            case Event.TenantErased _ -> Map.of(); // no fact; the topic `erasures` says when it took effect
        };
    }

    /// Where these facts and others are not the same, in the order of [FactRows#STORES].
    List<FactScope> differences(TenantFacts other) {
        return Stream.concat(facts.keySet().stream(), other.facts.keySet().stream())
                .distinct()
                .filter(scope -> !at(scope).equals(other.at(scope)))
                .sorted(Comparator.comparingInt(scope -> FactRows.STORES.indexOf(scope.store())))
                .toList();
    }
}
