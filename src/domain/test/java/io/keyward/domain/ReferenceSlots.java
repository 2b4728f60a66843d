package io.keyward.domain;

import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.id.EnvironmentId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A second implementation of R8 and R10 to R12, exactly as written: after every event it considers all
/// environments together.
public final class ReferenceSlots {
    private final Map<EnvironmentId, Optional<Instant>> waitEndedOfHolders = new HashMap<>();
    private final Set<EnvironmentId> waiting = new HashSet<>();
    private final Map<EnvironmentId, Instant> places = new HashMap<>();

    void addAll(ReferenceSlots other) {
        waitEndedOfHolders.putAll(other.waitEndedOfHolders);
        waiting.addAll(other.waiting);
        places.putAll(other.places);
    }

    /// Frees the slots of environments that left, then gives free slots to those that may have one, the
    /// longest under a key first.
    void settle(
            Map<EnvironmentId, EnvironmentFacts> environments,
            Map<EnvironmentId, History> histories,
            int limit,
            Instant now) {
        List<EnvironmentId> known = environments.keySet().stream()
                .filter(e -> environments.get(e).snapshot().isPresent())
                .filter(e -> histories.get(e).seriesStart().isPresent())
                .toList();
        waitEndedOfHolders.keySet().retainAll(known);
        waiting.retainAll(known);
        known.stream()
                .filter(e ->
                        environments.get(e).snapshot().orElseThrow().value().eligible())
                .filter(e -> !waitEndedOfHolders.containsKey(e))
                .sorted(Comparator.comparing((EnvironmentId e) ->
                                histories.get(e).seriesStart().orElseThrow())
                        .thenComparing(e -> e))
                .limit(Math.max(0, limit - waitEndedOfHolders.size()))
                .forEach(e -> waitEndedOfHolders.put(e, waiting.contains(e) ? Optional.of(now) : Optional.empty()));
        waiting.addAll(known);
        waiting.removeAll(waitEndedOfHolders.keySet());
        places.clear();
        waiting.stream()
                .filter(e ->
                        environments.get(e).snapshot().orElseThrow().value().eligible())
                .forEach(e -> places.put(e, histories.get(e).seriesStart().orElseThrow()));
    }

    public Slot of(EnvironmentId environment) {
        if (waitEndedOfHolders.containsKey(environment)) {
            return new Slot.Held(waitEndedOfHolders.get(environment));
        }
        return waiting.contains(environment)
                ? new Slot.Waiting(Optional.ofNullable(places.get(environment)))
                : Slot.none();
    }

    int used() {
        return waitEndedOfHolders.size();
    }

    Set<EnvironmentId> holders() {
        return Set.copyOf(waitEndedOfHolders.keySet());
    }

    Set<EnvironmentId> waiting() {
        return Set.copyOf(waiting);
    }
}
