package io.keyward.domain;

import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import java.util.Comparator;

/// How far a state is from a good one; less is better. The state counts first, then the policy's status, then the
/// open warnings, the gravest first.
///
/// Warnings about what is reported (R30, R31) do not count, nor does a status that follows from them alone. Whatever
/// moves the time from which reports count ends them, such as a rotation, but only a report mends what they tell.
record Mended(int state, int status, int critical, int errors, int warnings) implements Comparable<Mended> {
    private static final Comparator<Mended> ORDER = Comparator.comparingInt(Mended::state)
            .thenComparingInt(Mended::status)
            .thenComparingInt(Mended::critical)
            .thenComparingInt(Mended::errors)
            .thenComparingInt(Mended::warnings);

    static Mended of(Verdict verdict) {
        int critical = open(verdict, Severity.CRITICAL);
        int errors = open(verdict, Severity.ERROR);
        int warnings = open(verdict, Severity.WARNING);
        int status = switch (verdict.decision().policyStatus()) {
            case NONE, SUCCEEDED -> 0;
            case WARNING -> critical + errors + warnings > 0 ? 1 : 0;
            case FAILED -> 2;
        };
        return new Mended(distance(verdict.decision()), status, critical, errors, warnings);
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
                .filter(open -> open.severity() == severity && !tellsOfReports(open.code()))
                .count();
    }

    /// Whether the warning is about what is reported, so that only a report can end it for good.
    static boolean tellsOfReports(WarningCode code) {
        return code.rule() == Rule.R30 || code.rule() == Rule.R31;
    }

    /// Whether nothing is left that steps could mend.
    boolean wholly() {
        return state + status + critical + errors + warnings == 0;
    }

    @Override
    public int compareTo(Mended other) {
        return ORDER.compare(this, other);
    }
}
