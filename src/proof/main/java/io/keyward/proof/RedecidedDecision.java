package io.keyward.proof;

import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.event.Component;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tells in which fields the last published decision differs from the one that the facts give, and which rule spoke.
public record RedecidedDecision(Decision published, Verdict verdict) {
    private static final List<Rule> LOCKS = List.of(Rule.R22, Rule.R17, Rule.R19, Rule.R23, Rule.R20);

    /// The fields that differ, those of components first.
    public List<Deviation> deviations() {
        Optional<Rule> state = stateRule(verdict);
        Optional<Rule> deleting = Optional.of(Rule.R20);
        Optional<Rule> retaining = Optional.of(verdict.rules().contains(Rule.R17) ? Rule.R17 : Rule.R9);
        return Stream.of(
                        components(),
                        field("encryptionState", Decision::encryptionState, state),
                        field("policyStatus", Decision::policyStatus, state),
                        field("policyId", Decision::policyId, state),
                        field("key", Decision::key, Optional.of(Rule.R16)),
                        field("enabledSince", Decision::enabledSince, Optional.of(Rule.R14)),
                        field("lockedSince", Decision::lockedSince, deleting),
                        field("expectedDeletionAt", Decision::expectedDeletionAt, deleting),
                        field("retainUntil", Decision::retainUntil, retaining),
                        field("enforcement", Decision::enforcement, Optional.of(Rule.R29)))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Deviation> field(String name, Function<Decision, Object> value, Optional<Rule> rule) {
        return Deviation.between(
                "The published " + name, value.apply(verdict.decision()), value.apply(published), rule);
    }

    /// The components together: mostly one rule says something of several.
    private Optional<Deviation> components() {
        List<Component> different = Stream.of(Component.values())
                .filter(component -> !Objects.equals(expected(component), found(component)))
                .toList();
        if (different.isEmpty()) {
            return Optional.empty();
        }
        Component first = different.getFirst();
        Rule rule = Optional.ofNullable(expected(first))
                .map(ComponentProtection::reason)
                .orElse(Rule.R24);
        String all = different.stream().map(Component::name).collect(Collectors.joining(", "));
        return Optional.of(Deviation.of(
                rule,
                Deviation.sentence("The published protection of " + first, words(expected(first)), words(found(first)))
                        + (different.size() == 1 ? "" : " Different are " + all + ".")));
    }

    private ComponentProtection expected(Component component) {
        return verdict.decision().components().get(component);
    }

    private ComponentProtection found(Component component) {
        return published.components().get(component);
    }

    private static String words(ComponentProtection protection) {
        return protection == null ? null : protection.protection() + " by " + protection.reason();
    }

    /// The rule that says which state an environment is in.
    static Optional<Rule> stateRule(Verdict verdict) {
        return switch (verdict.decision().encryptionState()) {
            case MICROSOFT_MANAGED -> Optional.of(verdict.rules().contains(Rule.R8) ? Rule.R8 : Rule.R1);
            case CUSTOMER_MANAGED -> Optional.of(verdict.rules().contains(Rule.R11) ? Rule.R11 : Rule.R2);
            case LOCKED -> LOCKS.stream().filter(verdict.rules()::contains).findFirst();
            case RECOVERABLE -> Optional.of(Rule.R21);
            case DELETED -> Optional.of(Rule.R24);
        };
    }
}
