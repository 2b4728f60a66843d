package io.keyward.ops.health;

import java.util.List;

/// Whether something is as it should be and, if not, each reason as a sentence for an operator.
public record Health(List<String> reasons) {
    /// Nothing is amiss.
    public static final Health GOOD = new Health(List.of());

    public Health {
        reasons = List.copyOf(reasons);
    }

    public boolean ok() {
        return reasons.isEmpty();
    }
}
