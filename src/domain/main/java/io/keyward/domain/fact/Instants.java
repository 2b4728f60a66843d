package io.keyward.domain.fact;

import java.time.Instant;

/// Maximum and minimum of two instants.
public final class Instants {
    private Instants() {}

    public static Instant max(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    public static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
