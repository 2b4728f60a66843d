package io.keyward.vault;

import java.time.Duration;
import java.util.Optional;

/// The answer to one probe: the verdict, and what else the vault said.
///
/// `detail` is one sentence for an operator and never holds a secret, a token or a vault's own words. `retryAfter`
/// is what the vault asked for, if it did.
public record ProbeResult(
        ProbeOutcome verdict,
        Optional<DenialReason> denial,
        Optional<KeyDescription> key,
        Optional<Duration> retryAfter,
        String detail) {

    /// A verdict with nothing but its sentence.
    public static ProbeResult of(ProbeOutcome verdict, String detail) {
        return new ProbeResult(verdict, Optional.empty(), Optional.empty(), Optional.empty(), detail);
    }

    /// This finding, made of that key.
    public ProbeResult about(KeyDescription description) {
        return new ProbeResult(verdict, denial, Optional.of(description), retryAfter, detail);
    }

    /// This finding, for that reason.
    public ProbeResult because(DenialReason reason) {
        return new ProbeResult(verdict, Optional.of(reason), key, retryAfter, detail);
    }

    /// This finding, not to be asked for again before so much time has passed.
    public ProbeResult notBefore(Duration wait) {
        return new ProbeResult(verdict, denial, key, Optional.of(wait), detail);
    }

    /// Whether it tells something of the key.
    public boolean conclusive() {
        return verdict.conclusive();
    }
}
