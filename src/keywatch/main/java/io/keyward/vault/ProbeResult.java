package io.keyward.vault;

import java.time.Duration;
import java.util.Optional;

/// The result of one probe: its outcome, and details of the key.
///
/// `detail` is one sentence for an operator. It never contains a secret, a token or text from the vault.
/// `retryAfter` is the vault's requested wait, if it named one.
public record ProbeResult(
        ProbeOutcome outcome,
        Optional<DenialReason> denial,
        Optional<KeyDescription> key,
        Optional<Duration> retryAfter,
        String detail) {
    public static ProbeResult of(ProbeOutcome verdict, String detail) {
        return new ProbeResult(verdict, Optional.empty(), Optional.empty(), Optional.empty(), detail);
    }

    /// This result with another outcome, for what it is worth to the asker.
    public ProbeResult as(ProbeOutcome other) {
        return new ProbeResult(other, denial, key, retryAfter, detail);
    }

    public ProbeResult about(KeyDescription description) {
        return new ProbeResult(outcome, denial, Optional.of(description), retryAfter, detail);
    }

    public ProbeResult because(DenialReason reason) {
        return new ProbeResult(outcome, Optional.of(reason), key, retryAfter, detail);
    }

    public ProbeResult withoutDenial() {
        return new ProbeResult(outcome, Optional.empty(), key, retryAfter, detail);
    }

    /// This result with the time to wait before the next probe.
    public ProbeResult notBefore(Duration wait) {
        return new ProbeResult(outcome, denial, key, Optional.of(wait), detail);
    }

    /// Whether the result proves something about the key.
    public boolean conclusive() {
        return outcome.conclusive();
    }
}
