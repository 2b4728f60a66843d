package io.keyward.ops.health;

import java.util.List;

/// The result of a health check: healthy, or the reasons why not, each as a sentence for an operator.
public record Health(List<String> reasons) {
    public static final Health GOOD = new Health(List.of());

    public Health {
        reasons = List.copyOf(reasons);
    }

    public boolean ok() {
        return reasons.isEmpty();
    }
}
