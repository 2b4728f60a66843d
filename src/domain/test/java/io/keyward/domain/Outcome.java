package io.keyward.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.ComponentEnforcement;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.EnvironmentName;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Retention;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Protection;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PolicyId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Assertions on a verdict in the words of the domain.
public final class Outcome {
    /// As texts name the environment of these tests.
    public static final EnvironmentName NAME = new EnvironmentName(Facts.E1, Optional.empty());

    private final Verdict verdict;

    Outcome(Verdict verdict) {
        this.verdict = verdict;
    }

    private Decision decision() {
        return verdict.decision();
    }

    public Outcome is(EncryptionState state, PolicyStatus status) {
        assertThat(decision().encryptionState()).as("encryptionState").isEqualTo(state);
        assertThat(decision().policyStatus()).as("policyStatus").isEqualTo(status);
        return this;
    }

    /// Each of these components has this protection, by that rule.
    Outcome has(Protection protection, Rule reason, Component... components) {
        for (Component component : components) {
            assertThat(decision().components())
                    .as("%s", component)
                    .containsEntry(component, new ComponentProtection(protection, reason));
        }
        return this;
    }

    /// Every other component has this protection, by that rule.
    Outcome hasAllBut(Protection protection, Rule reason, Component... others) {
        Set<Component> rest = EnumSet.allOf(Component.class);
        Arrays.asList(others).forEach(rest::remove);
        return has(protection, reason, rest.toArray(Component[]::new));
    }

    /// Every component that can be under a customer key has this protection, by that rule; the two that cannot
    /// are on the Microsoft-managed key.
    Outcome hasAllThatCan(Protection protection, Rule reason) {
        return hasAllBut(protection, reason, Component.NON_OAUTH_CONNECTIONS, Component.HOSTED_MACHINES)
                .has(Protection.MICROSOFT_MANAGED, Rule.R5, Component.NON_OAUTH_CONNECTIONS)
                .has(Protection.MICROSOFT_MANAGED, Rule.R7, Component.HOSTED_MACHINES);
    }

    Outcome hasNoComponents() {
        assertThat(decision().components()).isEmpty();
        return this;
    }

    /// Exactly these warnings are open, named as decisions list them.
    Outcome warns(String... warnings) {
        assertThat(verdict.warningNames()).as("open warnings").containsExactlyInAnyOrder(warnings);
        return this;
    }

    public Outcome warns(WarningCode... codes) {
        return warns(Arrays.stream(codes).map(Enum::name).toArray(String[]::new));
    }

    /// The severity of an open warning.
    Outcome rates(WarningCode code, Severity severity) {
        assertThat(verdict.openWarnings().get(code).severity())
                .as("severity of %s", code)
                .isEqualTo(severity);
        return this;
    }

    /// What an open warning is about.
    Outcome isAbout(WarningCode code, String... subjects) {
        assertThat(verdict.openWarnings().get(code).subjects())
                .as("subjects of %s", code)
                .containsExactly(subjects);
        return this;
    }

    /// The text of an open warning.
    Outcome says(WarningCode code, String... parts) {
        assertThat(verdict.openWarnings().get(code).message(NAME))
                .as("text of %s", code)
                .contains(parts);
        return this;
    }

    /// The whole text of an open warning.
    Outcome saysExactly(WarningCode code, String text) {
        assertThat(verdict.openWarnings().get(code).message(NAME))
                .as("text of %s", code)
                .isEqualTo(text);
        return this;
    }

    /// Exactly these warnings about that component are open (R30, R31).
    Outcome warnsOf(Component component, WarningCode... codes) {
        assertThat(verdict.openWarnings().values().stream()
                        .filter(warning -> warning.subjects().contains(component.name()))
                        .map(OpenWarning::code))
                .as("open warnings about %s", component)
                .containsExactlyInAnyOrder(codes);
        return this;
    }

    /// What is reported of each of these components follows what is decided so far (R29).
    Outcome reports(EnforcementStatus status, Component... components) {
        for (Component component : components) {
            assertThat(decision().enforcement().get(component).status())
                    .as("%s", component)
                    .isEqualTo(status);
        }
        return this;
    }

    /// Since when what is decided of each of these components is desired (R29).
    Outcome desiredSince(Instant since, Component... components) {
        for (Component component : components) {
            assertThat(decision().enforcement().get(component).desiredSince())
                    .as("%s desired since", component)
                    .isEqualTo(since);
        }
        return this;
    }

    Outcome assessesNothing() {
        assertThat(decision().enforcement()).isEmpty();
        assertThat(verdict.enforcement().values()).noneMatch(ComponentEnforcement::assessed);
        return notBy(Rule.R29, Rule.R30, Rule.R32);
    }

    /// Every sink of the profile is suppressed since then, by that rule.
    Outcome suppressedSince(Instant since, Rule reason) {
        assertThat(verdict.sinkNames()).as("suppressed sinks").isEqualTo(Profiles.SINKS);
        assertThat(verdict.whySuppressed()).isEqualTo(reason);
        return enabledSince(since);
    }

    Outcome enabledSince(Instant since) {
        assertThat(decision().enabledSince()).as("enabledSince").contains(since);
        return this;
    }

    Outcome notSuppressed() {
        assertThat(verdict.sinkNames()).as("suppressed sinks").isEmpty();
        assertThat(decision().enabledSince()).as("enabledSince").isEmpty();
        return this;
    }

    public Outcome lockedSince(Instant since) {
        assertThat(decision().lockedSince()).as("lockedSince").contains(since);
        return this;
    }

    Outcome notLocked() {
        assertThat(decision().encryptionState()).isNotEqualTo(EncryptionState.LOCKED);
        assertThat(decision().lockedSince()).as("lockedSince").isEmpty();
        assertThat(decision().expectedDeletionAt()).as("expectedDeletionAt").isEmpty();
        return this;
    }

    Outcome expectedToBeDeletedAt(Instant moment) {
        assertThat(decision().expectedDeletionAt()).as("expectedDeletionAt").contains(moment);
        return this;
    }

    Outcome deletionNotKnown() {
        assertThat(decision().expectedDeletionAt()).as("expectedDeletionAt").isEmpty();
        return this;
    }

    /// The policy in force.
    Outcome policy(String policy) {
        assertThat(decision().policyId()).as("policyId").contains(new PolicyId(policy));
        return this;
    }

    Outcome noPolicy() {
        assertThat(decision().policyId()).as("policyId").isEmpty();
        return this;
    }

    /// The key of the data with the version in force.
    Outcome key(KeyReference key) {
        assertThat(decision().key()).as("key").contains(key);
        return this;
    }

    Outcome noKey() {
        assertThat(decision().key()).as("key").isEmpty();
        return this;
    }

    /// Exactly these keys and versions must be kept.
    Outcome retains(Retention... retentions) {
        assertThat(decision().retainUntil())
                .as("retainUntil")
                .usingElementComparator(Comparator.comparing(Retention::toString))
                .containsExactlyInAnyOrder(retentions);
        return this;
    }

    Outcome retainsNothing() {
        assertThat(decision().retainUntil()).as("retainUntil").isEmpty();
        return this;
    }

    /// These rules contributed.
    Outcome by(Rule... rules) {
        assertThat(verdict.rules()).as("rules").contains(rules);
        return this;
    }

    Outcome notBy(Rule... rules) {
        assertThat(verdict.rules()).as("rules").doesNotContain(rules);
        return this;
    }

    /// The verdict may change then without another event.
    Outcome dueAt(Instant moment) {
        assertThat(verdict.dueAt()).as("dueAt").contains(moment);
        return this;
    }

    Outcome neverDue() {
        assertThat(verdict.dueAt()).as("dueAt").isEmpty();
        return this;
    }

    List<String> warnings() {
        return verdict.warningNames();
    }

    Optional<Instant> lockedSince() {
        return decision().lockedSince();
    }

    static Retention keep(KeyReference key, Instant until) {
        return new Retention(key, until);
    }
}
