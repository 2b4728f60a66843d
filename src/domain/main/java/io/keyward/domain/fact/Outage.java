package io.keyward.domain.fact;

import java.time.Instant;

/// A revocation that counts, and when it ended: at the first restoration that ends it (R21).
///
/// @param until [Instant#MAX] while it is open
public record Outage(Fact.Revocation revocation, Instant until) {
    public boolean open() {
        return until.equals(Instant.MAX);
    }
}
