package io.keyward.console.whatif;

import io.keyward.console.whatif.WhatIfResult.Change;
import io.keyward.console.whatif.WhatIfResult.Effect;
import io.keyward.console.whatif.WhatIfResult.Group;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Sweep;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Collects what changes for each environment by all lines together.
final class Changes {
    private final Map<Sweep.Address, EnvironmentChange> changes = new LinkedHashMap<>();
    private final Window window;

    Changes(Window window) {
        this.window = window;
    }

    /// Those of the environments in the window.
    List<Change> shown() {
        return changes.values().stream()
                .filter(change -> window.shows(change.place))
                .map(EnvironmentChange::change)
                .toList();
    }

    int count() {
        return changes.size();
    }

    /// How many environments change alike, the most frequent first.
    List<Group> groups() {
        Map<Effect, Long> counts = new LinkedHashMap<>();
        changes.values().forEach(change -> counts.merge(change.effect(), 1L, Long::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<Effect, Long>comparingByValue().reversed())
                .limit(WhatIfResult.MOST_GROUPS)
                .map(group -> new Group(group.getKey(), group.getValue()))
                .toList();
    }

    /// Adds the next publication.
    ///
    /// @param before reads the state of the environment before all publications about it
    /// @return whether it is to be shown: it is about an environment in the window, or about none
    boolean add(Publication publication, Function<EnvironmentId, Optional<EncryptionState>> before) {
        Optional<EnvironmentChange> change =
                Subjects.environment(publication).map(environment -> of(publication.tenantId(), environment));
        change.ifPresent(changed -> {
            switch (publication) {
                case Publication.OfDecision decision ->
                    changed.decided(Optional.of(decision.decision().encryptionState()), before);
                case Publication.OfWarning warning ->
                    changed.warnings.set(
                            warning.code().name(), warning.clearedAt().isEmpty());
                case Publication.OfSignal signal ->
                    changed.sinks.set(signal.sink(), signal.signal().suppresses());
                case Publication.Retraction retraction -> {
                    if (retraction.kind() == Publication.Kind.DECISION) {
                        changed.decided(Optional.empty(), before);
                    }
                }
            }
        });
        return change.map(changed -> window.shows(changed.place)).orElse(true);
    }

    private EnvironmentChange of(TenantId tenant, EnvironmentId environment) {
        return changes.computeIfAbsent(
                new Sweep.Address(tenant, environment), address -> new EnvironmentChange(address, changes.size()));
    }

    /// What changes for one environment.
    private static final class EnvironmentChange {
        private final Sweep.Address address;
        private final int place;
        private final Toggles warnings = new Toggles();
        private final Toggles sinks = new Toggles();
        private Optional<EncryptionState> before = Optional.empty();
        private Optional<EncryptionState> after = Optional.empty();
        private boolean decided;

        EnvironmentChange(Sweep.Address address, int place) {
            this.address = address;
            this.place = place;
        }

        void decided(Optional<EncryptionState> state, Function<EnvironmentId, Optional<EncryptionState>> stateBefore) {
            if (!decided) {
                before = stateBefore.apply(address.environmentId());
                decided = true;
            }
            after = state;
        }

        Effect effect() {
            return new Effect(
                    before,
                    after,
                    warnings.turned(true),
                    warnings.turned(false),
                    sinks.turned(true),
                    sinks.turned(false));
        }

        Change change() {
            return new Change(address.tenantId(), address.environmentId(), effect());
        }
    }

    /// Things that are on or off. One that ends as it began has not changed, save that it was renewed.
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
