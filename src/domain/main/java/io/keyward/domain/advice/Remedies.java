package io.keyward.domain.advice;

import io.keyward.domain.Decider;
import io.keyward.domain.KnownEnvironment;
import io.keyward.domain.Sentences;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds a remedy for an unhealthy state by applying the rules to what administrators and the platform can do. A
/// remedy is the smallest number of steps that makes the state healthy, or the steps that come closest.
///
/// Reports are not tried: a report states facts, so no one can promise one. Warnings about reports become remarks.
///
/// The result has no effect on decisions. All other environments are assumed to stay as they are.
public record Remedies(Decider decider) {
    /// The maximum number of steps that are tried.
    private static final int MOST_STEPS = 6;

    /// The remedy for the environment's state; empty if it is healthy, or while too little is known to decide it.
    ///
    /// @param tenant the state of its tenant, with the limit and the slots in use (R10)
    /// @param ahead how many other environments get a free slot before this one (R12): those that have waited
    ///     longer, or all that wait if this one does not
    public Optional<Remedy> of(KnownEnvironment environment, TenantState tenant, int ahead) {
        return environment
                .assessment(decider)
                .map(now -> new Trial(decider, environment, tenant, ahead, now, List.of()))
                .filter(now -> !isWhollyGood(now.verdict()))
                .map(Remedies::search);
    }

    private static boolean isWhollyGood(Verdict verdict) {
        return RemediationDistance.of(verdict).isZero()
                && verdict.openWarnings().keySet().stream().noneMatch(RemediationDistance::isAboutReports);
    }

    /// Removing the policy, or going back to the previous key, improves much; it is tried only if everything else
    /// does not help.
    private static Remedy search(Trial now) {
        Search keepsThePolicy = new Search(Measure.keepingThePolicy(now), now);
        if (now.distance().isZero() || keepsThePolicy.run(now)) {
            return remedy(now, keepsThePolicy.best);
        }
        Search any = new Search(Measure.all(now), now);
        boolean better = any.run(now) || any.least.compareTo(keepsThePolicy.least) < 0;
        return remedy(now, better ? any.best : keepsThePolicy.best);
    }

    /// Tries every set of measures, the smallest sets first, each set in the order of the list.
    private static final class Search {
        private final List<Measure> measures;
        private Trial best;

        /// The distance of the best trial from a healthy state.
        private RemediationDistance least;

        Search(List<Measure> measures, Trial start) {
            this.measures = measures;
            this.best = start;
            this.least = start.distance();
        }

        /// Whether a set makes it completely healthy.
        boolean run(Trial start) {
            for (int size = 1; size <= Math.min(MOST_STEPS, measures.size()); size++) {
                if (extended(start, 0, size)) {
                    return true;
                }
            }
            return false;
        }

        private boolean extended(Trial trial, int from, int more) {
            if (more == 0) {
                RemediationDistance distance = trial.distance();
                if (distance.compareTo(least) < 0) {
                    best = trial;
                    least = distance;
                }
                return distance.isZero();
            }
            for (int i = from; i <= measures.size() - more; i++) {
                Optional<Remedy.Step> step = measures.get(i).stepIn(trial);
                if (step.isPresent() && extended(trial.after(step.get()), i + 1, more - 1)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Remedy remedy(Trial now, Trial best) {
        Verdict verdict = best.verdict();
        return new Remedy(
                best.steps(),
                isWhollyGood(verdict),
                verdict.decision().encryptionState(),
                verdict.decision().policyStatus(),
                verdict.warningNames(),
                remarks(now, verdict));
    }

    private static List<String> remarks(Trial now, Verdict after) {
        List<String> remarks = new ArrayList<>();
        Instant asOf = now.situation().asOf();
        now.verdict()
                .decision()
                .expectedDeletionAt()
                .filter(date -> !date.isAfter(asOf))
                .ifPresent(date -> remarks.add("The date of its deletion, " + OpenWarning.date(date)
                        + ", has passed: the platform may have deleted "
                        + now.name() + " already."));
        after.openWarnings().forEach((code, warning) -> {
            String message = warning.message(now.known().environmentName());
            if (RemediationDistance.isAboutReports(code)) {
                remarks.add("Only a later report ends this warning: " + Sentences.ended(message) + " "
                        + code.remediation());
            } else if (warning.severity().compareTo(Severity.WARNING) >= 0) {
                remarks.add("This warning stays open: " + Sentences.ended(message));
            }
        });
        return remarks;
    }
}
