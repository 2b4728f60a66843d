package io.keyward.console.answer;

import io.keyward.console.answer.DecisionInForce.ComponentEnforcement;
import io.keyward.console.answer.DecisionInForce.ProtectedComponent;
import io.keyward.console.answer.DecisionInForce.RetainedKey;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.WarningKey;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.fact.Register;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What stands of what was published about an environment, in the form of answers.
final class InForce {
    private InForce() {}

    static List<ProtectedComponent> components(Decision decision) {
        List<ProtectedComponent> components = new ArrayList<>();
        decision.components()
                .forEach((component, protection) -> components.add(new ProtectedComponent(
                        component, protection.protection(), protection.reason().name())));
        return components;
    }

    static List<RetainedKey> retained(Decision decision) {
        return decision.retainUntil().stream()
                .map(kept -> new RetainedKey(
                        kept.key().key().vaultUri(),
                        kept.key().key().keyName(),
                        kept.key().version().map(version -> version.value()),
                        kept.until()))
                .toList();
    }

    static List<ComponentEnforcement> enforcement(Decision decision) {
        List<ComponentEnforcement> components = new ArrayList<>();
        decision.enforcement()
                .forEach((component, said) ->
                        components.add(new ComponentEnforcement(component, said.status(), said.desiredSince())));
        return components;
    }

    /// An environment in short.
    static EnvironmentList.Entry entry(EnvironmentRow row) {
        Published published = row.state().published();
        Optional<Decision> decision = published.decision();
        Optional<Severity> severity =
                published.openWarnings().stream().map(WarningKey::severity).max(Comparator.naturalOrder());
        return new EnvironmentList.Entry(
                row.tenant().value(),
                row.environment().value(),
                row.state().facts().snapshot().map(Register::value).map(Snapshot::type),
                published.revision(),
                decision.map(Decision::encryptionState),
                decision.map(Decision::policyStatus),
                decision.flatMap(Decision::policyId).map(policy -> policy.value()),
                decision.flatMap(Decision::key).map(NamedKey::from),
                decision.flatMap(Decision::enabledSince),
                decision.flatMap(Decision::lockedSince),
                decision.flatMap(Decision::expectedDeletionAt),
                published.warningNames(),
                severity,
                published.sinkNames());
    }
}
