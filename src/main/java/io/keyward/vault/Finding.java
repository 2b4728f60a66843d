package io.keyward.vault;

import java.time.Duration;
import java.util.Optional;

/// The answer to one probe: the verdict, and what else the vault said.
///
/// `detail` is one sentence for an operator and never holds a secret, a token or a vault's own words. `retryAfter`
/// is what the vault asked for, if it did.
public record Finding(
        Verdict verdict,
        Optional<DenialReason> denial,
        Optional<KeyDescription> key,
        Optional<Duration> retryAfter,
        String detail) {

    /// A verdict with nothing but its sentence.
    public static Finding of(Verdict verdict, String detail) {
        return new Finding(verdict, Optional.empty(), Optional.empty(), Optional.empty(), detail);
    }

    /// This finding, made of that key.
    public Finding about(KeyDescription description) {
        return new Finding(verdict, denial, Optional.of(description), retryAfter, detail);
    }

    /// This finding, for that reason.
    public Finding because(DenialReason reason) {
        return new Finding(verdict, Optional.of(reason), key, retryAfter, detail);
    }

    /// This finding, not to be asked for again before so much time has passed.
    public Finding notBefore(Duration wait) {
        return new Finding(verdict, denial, key, Optional.of(wait), detail);
    }

    /// Whether it tells something of the key.
    public boolean conclusive() {
        return verdict.conclusive();
    }
}
