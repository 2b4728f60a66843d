package io.keyward.domain;

import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Verdict;
import java.util.Comparator;

/// How far a state is from a good one; less is better. The state counts first, then the policy's status, then the
/// open warnings, the gravest first.
record Mended(int state, int status, int critical, int errors, int warnings) implements Comparable<Mended> {
    private static final Comparator<Mended> ORDER = Comparator.comparingInt(Mended::state)
            .thenComparingInt(Mended::status)
            .thenComparingInt(Mended::critical)
            .thenComparingInt(Mended::errors)
            .thenComparingInt(Mended::warnings);

    static Mended of(Verdict verdict) {
        Decision decision = verdict.decision();
        return new Mended(
                distance(decision),
                distance(decision.policyStatus()),
                open(verdict, Severity.CRITICAL),
                open(verdict, Severity.ERROR),
                open(verdict, Severity.WARNING));
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

    private static int distance(PolicyStatus status) {
        return switch (status) {
            case NONE, SUCCEEDED -> 0;
            case WARNING -> 1;
            case FAILED -> 2;
        };
    }

    private static int open(Verdict verdict, Severity severity) {
        return (int) verdict.openWarnings().keySet().stream()
                .filter(key -> key.severity() == severity)
                .count();
    }

    /// Whether nothing is left to mend.
    boolean wholly() {
        return state + status + critical + errors + warnings == 0;
    }

    @Override
    public int compareTo(Mended other) {
        return ORDER.compare(this, other);
    }
}
