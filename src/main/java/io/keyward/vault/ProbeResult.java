package io.keyward.vault;

import java.time.Duration;
import java.util.Optional;

/// The answer to one probe: its outcome, and more about the key.
///
/// `detail` is one sentence for an operator and never holds a secret, a token or a vault's own words. `retryAfter`
/// is what the vault asked for, if it did.
public record ProbeResult(
        ProbeOutcome outcome,
        Optional<DenialReason> denial,
        Optional<KeyDescription> key,
        Optional<Duration> retryAfter,
        String detail) {

    /// An outcome with its sentence alone.
    public static ProbeResult of(ProbeOutcome verdict, String detail) {
        return new ProbeResult(verdict, Optional.empty(), Optional.empty(), Optional.empty(), detail);
    }

    /// This result with a description of the key.
    public ProbeResult about(KeyDescription description) {
        return new ProbeResult(outcome, denial, Optional.of(description), retryAfter, detail);
    }

    /// This result with that reason.
    public ProbeResult because(DenialReason reason) {
        return new ProbeResult(outcome, Optional.of(reason), key, retryAfter, detail);
    }

    /// This result with the time to wait before the next probe.
    public ProbeResult notBefore(Duration wait) {
        return new ProbeResult(outcome, denial, key, Optional.of(wait), detail);
    }

    /// Whether it proves something about the key.
    public boolean conclusive() {
        return outcome.conclusive();
    }
}
