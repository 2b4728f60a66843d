package io.keyward.domain;

import io.keyward.domain.decision.ComponentEnforcement;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Retention;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Standing;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Protection;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PolicyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Collects the results of the rules, which run one after the other, and builds the verdict.
final class Draft {
    /// The latest time that can be stored.
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private static final List<Component> COMPONENTS = List.of(Component.values());

    private final Instant asOf;
    private Instant dueAt = Instant.MAX;
    EncryptionState state = EncryptionState.MICROSOFT_MANAGED;
    boolean failed;
    Optional<PolicyId> policyId = Optional.empty();
    Optional<KeyReference> key = Optional.empty();
    Optional<Instant> enabledSince = Optional.empty();
    Optional<Instant> lockedSince = Optional.empty();
    Optional<Instant> expectedDeletionAt = Optional.empty();
    final Map<Component, ComponentProtection> components = new EnumMap<>(Component.class);
    final TreeMap<WarningCode, OpenWarning> warnings = new TreeMap<>();
    SortedSet<String> suppressed = Collections.emptySortedSet();
    Map<Component, ComponentEnforcement> enforcement = Map.of();
    Map<Component, Enforcement> published = Map.of();
    final Set<Rule> rules = EnumSet.noneOf(Rule.class);
    private final Map<KeyReference, Instant> retained = new TreeMap<>();

    /// @param asOf the time that the verdict holds as of
    Draft(Instant asOf) {
        this.asOf = asOf;
    }

    /// Whether that moment has come. If not, registers it as a deadline of the verdict, which may change then
    /// without another event (R25).
    boolean reachedElseSchedule(Instant moment) {
        if (!moment.isAfter(asOf)) {
            return true;
        }
        dueAt = Instants.min(dueAt, moment);
        return false;
    }

    void all(Protection protection, Rule reason) {
        rules.add(reason);
        ComponentProtection each = ComponentProtection.of(protection, reason);
        for (Component component : COMPONENTS) {
            components.put(component, each);
        }
    }

    void set(Component component, Protection protection, Rule reason) {
        components.put(component, ComponentProtection.of(protection, reason));
    }

    /// Replaces the protection of every component. Every component must have one by then.
    void replaceEach(UnaryOperator<ComponentProtection> replacement) {
        for (Component component : COMPONENTS) {
            components.put(component, replacement.apply(components.get(component)));
        }
    }

    /// Keeps the worse of the component's protection and this one.
    void worsen(Component component, Protection protection, Rule reason) {
        Protection now = components.get(component).protection();
        if (now.worse(protection) != now) {
            set(component, protection, reason);
        }
    }

    void warn(WarningCode code, Object... arguments) {
        warn(OpenWarning.of(code, arguments));
    }

    void warn(OpenWarning warning) {
        warnings.put(warning.code(), warning);
    }

    /// Adds a key that must be kept. If a key is added twice, the later date applies.
    void retain(KeyReference kept, Instant until) {
        retained.merge(kept, until, Instants::max);
    }

    Verdict verdict(Situation situation) {
        boolean underPolicy = situation.onCustomerKey() || situation.is(Standing.NOT_ELIGIBLE);
        boolean due = !dueAt.isAfter(LATEST);
        if (due) {
            rules.add(Rule.R25);
        }
        return new Verdict(
                new Decision(
                        state,
                        status(underPolicy),
                        policyId,
                        key,
                        enabledSince,
                        lockedSince,
                        expectedDeletionAt,
                        components,
                        retentions(),
                        published),
                warnings,
                suppressed,
                situation.standing(),
                situation.whyAllowed(),
                due ? Optional.of(dueAt) : Optional.empty(),
                rules,
                enforcement);
    }

    private List<Retention> retentions() {
        List<Retention> retentions = new ArrayList<>(retained.size());
        retained.forEach((kept, until) -> retentions.add(new Retention(kept, until)));
        return retentions;
    }

    private PolicyStatus status(boolean underPolicy) {
        if (!underPolicy) {
            return PolicyStatus.NONE;
        }
        if (failed) {
            return PolicyStatus.FAILED;
        }
        for (OpenWarning warning : warnings.values()) {
            if (warning.severity().compareTo(Severity.WARNING) >= 0) {
                return PolicyStatus.WARNING;
            }
        }
        return PolicyStatus.SUCCEEDED;
    }
}
