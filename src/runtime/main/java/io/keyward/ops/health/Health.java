package io.keyward.ops.health;

import java.util.List;

/// The result of a health check.
///
/// @param reasons why the instance is not healthy, or what else should be known, each as a sentence for an
///     operator
public record Health(boolean ok, List<String> reasons) {
    public static final Health GOOD = new Health(List.of());

    public Health {
        reasons = List.copyOf(reasons);
    }

    /// Healthy if there are no reasons against it.
    public Health(List<String> reasons) {
        this(reasons.isEmpty(), reasons);
    }
}
