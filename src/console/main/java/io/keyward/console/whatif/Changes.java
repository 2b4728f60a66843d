package io.keyward.console.whatif;

import io.keyward.console.whatif.WhatIfAnswer.Change;
import io.keyward.console.whatif.WhatIfAnswer.Deletion;
import io.keyward.console.whatif.WhatIfAnswer.Effect;
import io.keyward.console.whatif.WhatIfAnswer.Group;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Collects what all lines together change for each environment.
final class Changes {
    /// Enough for a few environments; a longer list would not be read.
    private static final int MOST_OVERDUE = 50;

    private final StoreCopies stores;
    private final Window window;
    private final Map<FanOut.Address, EnvironmentChange> changes = new LinkedHashMap<>();

    /// The changes with a new decision, in the order of the decisions.
    private final Set<EnvironmentChange> decided = new LinkedHashSet<>();

    Changes(StoreCopies stores, Window window) {
        this.stores = stores;
        this.window = window;
    }

    /// The changes of the environments in the window.
    List<Change> shown() {
        return changes.values().stream()
                .filter(change -> window.shows(change.rank))
                .map(EnvironmentChange::change)
                .toList();
    }

    int count() {
        return changes.size();
    }

    /// Groups of environments with the same change, the most frequent first.
    List<Group> groups() {
        Map<Effect, Long> counts = new LinkedHashMap<>();
        changes.values().forEach(change -> counts.merge(change.effect(), 1L, Long::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<Effect, Long>comparingByValue().reversed())
                .limit(WhatIfAnswer.MOST_GROUPS)
                .map(group -> new Group(group.getKey(), group.getValue()))
                .toList();
    }

    /// New deletion dates, by time.
    List<Deletion> deletions() {
        return decided.stream()
                .flatMap(change -> change.deletion().stream())
                .sorted(Comparator.comparing(Deletion::at))
                .toList();
    }

    /// Reports where time alone causes more changes at once (R25): one sentence for each of the first
    /// [#MOST_OVERDUE] environments, and one with the number of others. Call it after the last line.
    List<String> overdue(Instant now) {
        List<String> sentences = new ArrayList<>();
        for (EnvironmentChange change : decided) {
            TenantId tenant = change.address.tenantId();
            EnvironmentId environment = change.address.environmentId();
            stores.now(tenant)
                    .state(environment)
                    .dueAt()
                    .filter(due -> !due.isAfter(now))
                    .ifPresent(due -> sentences.add(
                            "Environment %s of tenant %s: a deadline at %s has passed. The processor will decide it again by itself; that is not shown."
                                    .formatted(environment, tenant, OpenWarning.date(due))));
        }
        int more = sentences.size() - MOST_OVERDUE;
        if (more > 0) {
            sentences.subList(MOST_OVERDUE, sentences.size()).clear();
            sentences.add("The same applies to %,d more.".formatted(more));
        }
        return sentences;
    }

    /// Adds the next publication of the current line.
    ///
    /// @return whether it is part of the answer: it is about an environment in the window, or about a tenant
    boolean add(Publication publication) {
        Optional<EnvironmentChange> change =
                Subjects.environment(publication).map(environment -> of(publication.tenantId(), environment));
        change.ifPresent(changed -> {
            switch (publication) {
                case Publication.OfDecision decision -> decide(changed, Optional.of(decision.decision()));
                case Publication.OfWarning warning ->
                    changed.warnings.set(
                            warning.code().name(), warning.clearedAt().isEmpty());
                case Publication.OfSignal signal ->
                    changed.sinks.set(signal.sink(), signal.signal().suppresses());
                case Publication.Retraction retraction -> {
                    if (retraction.kind() == Publication.Kind.DECISION) {
                        decide(changed, Optional.empty());
                    }
                }
            }
        });
        return change.map(changed -> window.shows(changed.rank)).orElse(true);
    }

    private EnvironmentChange of(TenantId tenant, EnvironmentId environment) {
        return changes.computeIfAbsent(
                new FanOut.Address(tenant, environment), address -> new EnvironmentChange(address, changes.size()));
    }

    private void decide(EnvironmentChange change, Optional<Decision> decision) {
        if (decided.add(change)) {
            change.before = stores.atMark(change.address.tenantId())
                    .state(change.address.environmentId())
                    .published()
                    .decision();
        }
        change.after = decision;
    }

    /// What changes for one environment.
    private static final class EnvironmentChange {
        private final FanOut.Address address;
        private final int rank;
        private final Toggles warnings = new Toggles();
        private final Toggles sinks = new Toggles();
        private Optional<Decision> before = Optional.empty();
        private Optional<Decision> after = Optional.empty();

        EnvironmentChange(FanOut.Address address, int rank) {
            this.address = address;
            this.rank = rank;
        }

        Effect effect() {
            return new Effect(
                    before.map(Decision::encryptionState),
                    after.map(Decision::encryptionState),
                    warnings.turned(true),
                    warnings.turned(false),
                    sinks.turned(true),
                    sinks.turned(false));
        }

        Change change() {
            return new Change(address.tenantId(), address.environmentId(), effect());
        }

        /// The date on which the environment would be deleted, if it is new.
        Optional<Deletion> deletion() {
            Optional<Instant> date = after.flatMap(Decision::expectedDeletionAt);
            return date.filter(_ -> !date.equals(before.flatMap(Decision::expectedDeletionAt)))
                    .map(at -> new Deletion(address.tenantId(), address.environmentId(), at));
        }
    }

    /// Names that are switched on or off. One that ends as it started has not changed, unless it was
    /// switched on again.
    private static final class Toggles {
        private final Map<String, Boolean> first = new LinkedHashMap<>();
        private final Map<String, Boolean> last = new LinkedHashMap<>();

        void set(String name, boolean on) {
            first.putIfAbsent(name, on);
            last.put(name, on);
        }

        List<String> turned(boolean on) {
            List<String> turned = new ArrayList<>();
            last.forEach((name, ends) -> {
                if (ends == on && (on || !first.get(name))) {
                    turned.add(name);
                }
            });
            return turned;
        }
    }
}
