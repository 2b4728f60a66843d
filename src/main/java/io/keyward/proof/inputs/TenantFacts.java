package io.keyward.proof.inputs;

import io.keyward.domain.decision.TenantState;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// All facts of one tenant. They merge in any order, and adding one twice changes nothing. Not thread-safe.
final class TenantFacts {
    private final Map<EnvironmentId, EnvironmentFacts> environments;
    private final Map<EnvironmentId, Reports> reports;
    private final Map<KeyId, KeyFacts> keys;

    /// The keys that an earlier release stored under a spelling that events do not use any more.
    private final Set<KeyId> otherSpellings = new HashSet<>();

    private TenantState state = TenantState.NONE;

    TenantFacts() {
        this(new HashMap<>(), new HashMap<>(), new HashMap<>());
    }

    private TenantFacts(
            Map<EnvironmentId, EnvironmentFacts> environments,
            Map<EnvironmentId, Reports> reports,
            Map<KeyId, KeyFacts> keys) {
        this.environments = environments;
        this.reports = reports;
        this.keys = keys;
    }

    TenantFacts copy() {
        TenantFacts copy = new TenantFacts(new HashMap<>(environments), new HashMap<>(reports), new HashMap<>(keys));
        copy.otherSpellings.addAll(otherSpellings);
        copy.state = state;
        return copy;
    }

    EnvironmentFacts of(EnvironmentId environment) {
        return environments.getOrDefault(environment, EnvironmentFacts.NONE);
    }

    Reports reportsOf(EnvironmentId environment) {
        return reports.getOrDefault(environment, Reports.NONE);
    }

    KeyFacts of(KeyId key) {
        return keys.getOrDefault(key, KeyFacts.NONE);
    }

    /// Of which the stated limit and the time reached are facts.
    TenantState state() {
        return state;
    }

    int environments() {
        return environments.size();
    }

    int keys() {
        return keys.size();
    }

    void put(EnvironmentId environment, EnvironmentFacts facts) {
        environments.put(environment, facts);
    }

    void put(EnvironmentId environment, Reports facts) {
        reports.put(environment, facts);
    }

    void put(KeyId key, KeyFacts facts) {
        keys.put(key, facts);
        if (isOtherSpelling(key)) {
            otherSpellings.add(key);
        }
    }

    void put(TenantState facts) {
        state = facts;
    }

    /// Whether no event can name the key in this spelling.
    static boolean isOtherSpelling(KeyId key) {
        return key.asEventsNameIt().filter(key::equals).isEmpty();
    }

    /// Adds the fact of an event, as the topology does.
    void add(Event event) {
        switch (event) {
            case Event.OfEnvironment e -> {
                EnvironmentFacts facts = of(e.environmentId()).with(e);
                Reports reported = reportsOf(e.environmentId()).with(e, facts);
                environments.put(e.environmentId(), facts);
                if (!reported.equals(Reports.NONE)) {
                    reports.put(e.environmentId(), reported);
                }
            }
            case Event.OfKey e -> {
                keys.put(e.key(), of(e.key()).with(e));
                otherSpellings.stream()
                        .filter(key ->
                                key.asEventsNameIt().filter(e.key()::equals).isPresent())
                        .forEach(key -> keys.put(key, of(key).with(e)));
            }
            case Event.TenantLimitChanged e -> state = state.with(e);
            case Event.TimeReached e -> state = state.with(e);
            case Event.TenantErased _ -> {} // no fact; the topic `erasures` says when it took effect
        }
    }

    /// Whether adding an event would change nothing.
    boolean holds(Event event) {
        return switch (event) {
            case Event.OfEnvironment e -> {
                EnvironmentFacts facts = of(e.environmentId());
                Reports reported = reportsOf(e.environmentId());
                EnvironmentFacts after = facts.with(e);
                yield after.equals(facts) && reported.with(e, after).equals(reported);
            }
            case Event.OfKey e -> of(e.key()).with(e).equals(of(e.key()));
            case Event.TenantLimitChanged e -> state.with(e).statedLimit().equals(state.statedLimit());
            case Event.TimeReached e -> state.with(e).timeReached().equals(state.timeReached());
            case Event.TenantErased _ -> true;
        };
    }

    /// Where these facts and others are not the same.
    Set<Place> differences(TenantFacts other) {
        Set<Place> different = new LinkedHashSet<>();
        union(environments.keySet(), other.environments.keySet()).stream()
                .filter(environment -> !of(environment).equals(other.of(environment)))
                .forEach(environment -> different.add(new Place.OfEnvironment(environment)));
        union(reports.keySet(), other.reports.keySet()).stream()
                .filter(environment -> !reportsOf(environment).equals(other.reportsOf(environment)))
                .forEach(environment -> different.add(new Place.OfReports(environment)));
        union(keys.keySet(), other.keys.keySet()).stream()
                .filter(key -> !of(key).equals(other.of(key)))
                .forEach(key -> different.add(new Place.OfKey(key)));
        if (!state.statedLimit().equals(other.state.statedLimit())
                || !Objects.equals(state.timeReached(), other.state.timeReached())) {
            different.add(new Place.OfTenant());
        }
        return different;
    }

    private static <T> Set<T> union(Set<T> some, Set<T> others) {
        Set<T> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
