package io.keyward.console.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.console.answer.WhatIfAnswer.Change;
import io.keyward.console.whatif.WhatIfAnswer.Effect;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.topology.OutputRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Composes the answer what would be published, with the changes of each environment by all lines together.
final class WhatIfComposer {
    private final Map<String, EnvironmentChange> changes = new LinkedHashMap<>();

    WhatIfAnswer compose(io.keyward.console.whatif.WhatIfAnswer answer, Extent extent) {
        List<WhatIfAnswer.Line> lines = answer.lines().stream().map(this::line).toList();
        return new WhatIfAnswer(
                lines,
                changes.values().stream().map(EnvironmentChange::change).toList(),
                answer.deletions().stream()
                        .map(deletion -> new WhatIfAnswer.Deletion(
                                deletion.tenant().value(),
                                deletion.environment().value(),
                                deletion.at()))
                        .toList(),
                answer.preliminary(),
                extent.with(answer.truncated()));
    }

    private WhatIfAnswer.Line line(io.keyward.console.whatif.WhatIfAnswer.Line line) {
        return switch (line) {
            case io.keyward.console.whatif.WhatIfAnswer.Line.Refused refused ->
                new WhatIfAnswer.Line(
                        refused.number(),
                        Optional.of(new WhatIfAnswer.Refusal(refused.code().map(Enum::name), refused.sentence())),
                        List.of(),
                        Optional.empty());
            case io.keyward.console.whatif.WhatIfAnswer.Line.Decided decided -> {
                decided.effects().forEach(this::add);
                yield new WhatIfAnswer.Line(
                        decided.number(),
                        Optional.empty(),
                        decided.effects().stream().map(WhatIfComposer::output).toList(),
                        decided.undo()
                                .map(undo -> new WhatIfAnswer.Undo(
                                        undo.possible(), undo.lines(), undo.sentence(), undo.remains())));
            }
        };
    }

    private static WhatIfAnswer.Output output(Effect effect) {
        Optional<ObjectNode> value = effect.output() instanceof OutputRecord.Published published
                ? Optional.of(published.value())
                : Optional.empty();
        return new WhatIfAnswer.Output(
                effect.output().topic().baseName(), effect.publication().key(), value, effect.previousDecision());
    }

    private void add(Effect effect) {
        switch (effect.publication()) {
            case Publication.OfDecision decision ->
                of(decision.tenantId().value(), decision.environmentId()).decided(decision, effect.previousDecision());
            case Publication.OfWarning warning ->
                warning.environmentId()
                        .ifPresent(environment -> of(warning.tenantId().value(), environment)
                                .warnings
                                .set(
                                        warning.warning().toString(),
                                        warning.clearedAt().isEmpty()));
            case Publication.OfSuppression signal ->
                of(signal.tenantId().value(), signal.environmentId()).sinks.set(signal.sink(), true);
            case Publication.OfAllowance signal ->
                of(signal.tenantId().value(), signal.environmentId()).sinks.set(signal.sink(), false);
            case Publication.Retraction _ -> {}
        }
    }

    private EnvironmentChange of(String tenant, EnvironmentId environment) {
        return changes.computeIfAbsent(
                tenant + "/" + environment, _ -> new EnvironmentChange(tenant, environment.value()));
    }

    /// What changes for one environment.
    private static final class EnvironmentChange {
        private final String tenant;
        private final String environment;
        private final Toggles warnings = new Toggles();
        private final Toggles sinks = new Toggles();
        private Optional<EncryptionState> before = Optional.empty();
        private Optional<EncryptionState> after = Optional.empty();
        private boolean decided;

        EnvironmentChange(String tenant, String environment) {
            this.tenant = tenant;
            this.environment = environment;
        }

        void decided(Publication.OfDecision decision, Optional<ObjectNode> previous) {
            if (!decided) {
                before = previous.map(json ->
                        EncryptionState.valueOf(json.path("encryptionState").asText()));
                decided = true;
            }
            after = Optional.of(decision.decision().encryptionState());
        }

        Change change() {
            return new Change(
                    tenant,
                    environment,
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
