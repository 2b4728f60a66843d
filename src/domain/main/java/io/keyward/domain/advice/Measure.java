package io.keyward.domain.advice;

import io.keyward.domain.FormerKeyPeriod;
import io.keyward.domain.Sentences;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.Instants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Something that administrators or the platform can do about an environment's state.
interface Measure {
    /// The step to take in the environment of the trial; empty if it does not apply there.
    Optional<Remedy.Step> stepIn(Trial trial);

    /// The measures that may help an environment without removing its policy, in the order in which they must be
    /// done. If two help equally, the earlier one is proposed.
    static List<Measure> keepingThePolicy(Trial now) {
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure::raiseTheLimit);
        measures.addAll(KeyMeasures.of(now));
        measures.addAll(EnvironmentMeasures.ALL);
        measures.add(Measure::wait);
        return measures;
    }

    /// The same measures, and those that remove the policy.
    static List<Measure> all(Trial now) {
        return Stream.concat(
                        Stream.of(KeyMeasures::backToTheKeyOfTheData, Measure::removeThePolicy),
                        keepingThePolicy(now).stream())
                .toList();
    }

    private static Optional<Remedy.Step> raiseTheLimit(Trial trial) {
        if (trial.known().state().slot().held() || trial.slotFree()) {
            return Optional.empty();
        }
        return Optional.of(new Remedy.Step(
                "Have the limit of tenant " + trial.tenantId() + " raised from "
                        + trial.tenant().limit() + " to " + trial.limitNeeded()
                        + " environments or more, or remove the policy from other environments. Enabled: "
                        + trial.tenant().slotsUsed() + "; waiting ahead of this one: " + trial.ahead() + ".",
                new Event.TenantLimitChanged(trial.tenantId(), trial.nextStamp(), trial.limitNeeded())));
    }

    private static Optional<Remedy.Step> removeThePolicy(Trial trial) {
        return trial.history()
                .policyInForce()
                .map(policy -> new Remedy.Step(
                        "Remove the policy " + policy.policyId() + " from "
                                + trial.name() + ", which then goes back to the Microsoft-managed key; keep "
                                + policy.key().key() + " enabled for 30 days more, for its backups.",
                        new Event.PolicyRemoved(
                                trial.tenantId(),
                                trial.nextStamp(),
                                trial.known().environment(),
                                policy.policyId())));
    }

    /// Waits until no backup needs a key that cannot be used (R9).
    private static Optional<Remedy.Step> wait(Trial trial) {
        return trial.history()
                .keptAfter(trial.situation().asOf())
                .filter(FormerKeyPeriod::restoreAtRisk)
                .map(FormerKeyPeriod::keptUntil)
                .reduce(Instants::max)
                .map(date -> new Remedy.Step(
                        "Wait until " + Sentences.date(date) + ", when no backup of "
                                + trial.name()
                                + " needs a former key any more; until then such backups cannot be"
                                + " restored.",
                        new Event.TimeReached(trial.tenantId(), date)));
    }
}
