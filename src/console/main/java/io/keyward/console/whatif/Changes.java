package io.keyward.console.whatif;

import io.keyward.console.whatif.WhatIfResult.Change;
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

/// Collects what changes for each environment by all lines together.
final class Changes {
    private final Map<Sweep.Address, EnvironmentChange> changes = new LinkedHashMap<>();

    List<Change> all() {
        return changes.values().stream().map(EnvironmentChange::change).toList();
    }

    /// Adds the next publication.
    ///
    /// @param previous the decision before it
    void add(Publication publication, Optional<JsonText> previous) {
        switch (publication) {
            case Publication.OfDecision decision ->
                of(decision.tenantId(), decision.environmentId()).decided(decision, previous);
            case Publication.OfWarning warning ->
                warning.environmentId()
                        .ifPresent(environment -> of(warning.tenantId(), environment)
                                .warnings
                                .set(warning.code().name(), warning.clearedAt().isEmpty()));
            case Publication.OfSignal signal ->
                of(signal.tenantId(), signal.environmentId())
                        .sinks
                        .set(signal.sink(), signal.signal().suppresses());
            case Publication.Retraction _ -> {}
        }
    }

    private EnvironmentChange of(TenantId tenant, EnvironmentId environment) {
        return changes.computeIfAbsent(
                new Sweep.Address(tenant, environment), address -> new EnvironmentChange(address));
    }

    /// What changes for one environment.
    private static final class EnvironmentChange {
        private final Sweep.Address address;
        private final Toggles warnings = new Toggles();
        private final Toggles sinks = new Toggles();
        private Optional<EncryptionState> before = Optional.empty();
        private Optional<EncryptionState> after = Optional.empty();
        private boolean decided;

        EnvironmentChange(Sweep.Address address) {
            this.address = address;
        }

        void decided(Publication.OfDecision decision, Optional<JsonText> previous) {
            if (!decided) {
                before = previous.map(json -> EncryptionState.valueOf(
                        json.tree().path("encryptionState").asText()));
                decided = true;
            }
            after = Optional.of(decision.decision().encryptionState());
        }

        Change change() {
            return new Change(
                    address.tenantId(),
                    address.environmentId(),
                    before,
                    after,
                    warnings.turned(true),
                    warnings.turned(false),
                    sinks.turned(true),
                    sinks.turned(false));
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
