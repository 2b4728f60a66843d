package io.keyward.proof;

import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.event.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells in which fields the last published decision differs from the one that the facts give, and which rule spoke.
public record RedecidedDecision(Decision published, Verdict verdict) {
    private static final List<Rule> LOCKS = List.of(Rule.R22, Rule.R17, Rule.R19, Rule.R23, Rule.R20);

    /// Adds the fields that differ, those of components first.
    public void addTo(List<Deviation> deviations) {
        components().ifPresent(deviations::add);
        Decision expected = verdict.decision();
        Optional<Rule> state = stateRule(verdict);
        List<Field> fields = List.of(
                new Field("encryptionState", expected.encryptionState(), published.encryptionState(), state),
                new Field("policyStatus", expected.policyStatus(), published.policyStatus(), state),
                new Field("policyId", expected.policyId(), published.policyId(), state),
                new Field("key", expected.key(), published.key(), Optional.of(Rule.R16)),
                new Field("enabledSince", expected.enabledSince(), published.enabledSince(), Optional.of(Rule.R14)),
                new Field("lockedSince", expected.lockedSince(), published.lockedSince(), Optional.of(Rule.R20)),
                new Field(
                        "expectedDeletionAt",
                        expected.expectedDeletionAt(),
                        published.expectedDeletionAt(),
                        Optional.of(Rule.R20)),
                new Field(
                        "retainUntil",
                        expected.retainUntil(),
                        published.retainUntil(),
                        Optional.of(verdict.rules().contains(Rule.R17) ? Rule.R17 : Rule.R9)),
                new Field("enforcement", expected.enforcement(), published.enforcement(), Optional.of(Rule.R29)));
        fields.stream()
                .filter(Field::differs)
                .map(field -> new Deviation(
                        field.rule(),
                        Deviation.sentence("The published " + field.name(), field.expected(), field.found())))
                .forEach(deviations::add);
    }

    private record Field(String name, Object expected, Object found, Optional<Rule> rule) {
        Field {
            expected = expected instanceof Optional<?> optional ? optional.orElse(null) : expected;
            found = found instanceof Optional<?> optional ? optional.orElse(null) : found;
        }

        boolean differs() {
            return !Objects.equals(expected, found);
        }
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
        List<String> names =
                new ArrayList<>(different.stream().map(Component::name).toList());
        return Optional.of(new Deviation(
                Optional.ofNullable(expected(first))
                        .map(ComponentProtection::reason)
                        .or(() -> Optional.of(Rule.R24)),
                Deviation.sentence("The published protection of " + first, words(expected(first)), words(found(first)))
                        + (names.size() == 1 ? "" : " Different are " + String.join(", ", names) + ".")));
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
