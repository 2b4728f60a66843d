package io.keyward.domain.advice;

import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import java.util.Comparator;

/// The distance of a decision from a healthy one; 0 is healthy. The state counts first, then the policy's status,
/// then the open warnings, the most severe first.
///
/// Warnings about reports (R30, R31) do not count, and neither does a status that follows from them alone.
/// Anything that moves the time from which reports count, such as a rotation, ends these warnings, but only a
/// report shows that the problem is fixed.
record RemediationDistance(int state, int status, int critical, int errors, int warnings)
        implements Comparable<RemediationDistance> {
    private static final Comparator<RemediationDistance> ORDER = Comparator.comparingInt(RemediationDistance::state)
            .thenComparingInt(RemediationDistance::status)
            .thenComparingInt(RemediationDistance::critical)
            .thenComparingInt(RemediationDistance::errors)
            .thenComparingInt(RemediationDistance::warnings);

    static RemediationDistance of(Verdict verdict) {
        int critical = open(verdict, Severity.CRITICAL);
        int errors = open(verdict, Severity.ERROR);
        int warnings = open(verdict, Severity.WARNING);
        int status = switch (verdict.decision().policyStatus()) {
            case NONE, SUCCEEDED -> 0;
            case WARNING -> critical + errors + warnings > 0 ? 1 : 0;
            case FAILED -> 2;
        };
        return new RemediationDistance(distance(verdict.decision()), status, critical, errors, warnings);
    }

    private static int distance(Decision decision) {
        return switch (decision.encryptionState()) {
            case CUSTOMER_MANAGED -> 0;
            case MICROSOFT_MANAGED -> decision.policyStatus() == PolicyStatus.NONE ? 0 : 1;
            case RECOVERABLE -> 1;
            case LOCKED -> 2;
            case DELETED -> 3;
        };
    }

    private static int open(Verdict verdict, Severity severity) {
        return (int) verdict.openWarnings().values().stream()
                .filter(open -> open.severity() == severity && !isAboutReports(open.code()))
                .count();
    }

    /// Whether the warning is about reports, so that only a report can end it for good.
    static boolean isAboutReports(WarningCode code) {
        return code.rule() == Rule.R30 || code.rule() == Rule.R31;
    }

    /// Whether the decision is healthy.
    boolean isZero() {
        return state + status + critical + errors + warnings == 0;
    }

    @Override
    public int compareTo(RemediationDistance other) {
        return ORDER.compare(this, other);
    }
}
