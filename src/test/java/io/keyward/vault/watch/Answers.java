package io.keyward.vault.watch;

import io.keyward.domain.KeyId;
import io.keyward.domain.KeyVersion;
import io.keyward.domain.TenantId;
import io.keyward.vault.DenialReason;
import io.keyward.vault.Finding;
import io.keyward.vault.KeyDescription;
import io.keyward.vault.KeyShape;
import io.keyward.vault.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Answers of vaults in few words. Times are minutes of one day.
final class Answers {
    static final TenantId CONTOSO = new TenantId("contoso");
    static final KeyId KEY = new KeyId("https://contoso.vault.azure.net", "cmk");
    static final KeyShape RSA_2048 = new KeyShape(KeyShape.Kind.RSA, 2048);

    private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");

    private Answers() {}

    static Instant at(double minute) {
        return MIDNIGHT.plus(Duration.ofMillis(Math.round(minute * 60_000)));
    }

    static KeyVersion version(String name) {
        return new KeyVersion(name);
    }

    static KeyDescription describing(String version) {
        return new KeyDescription(version(version), RSA_2048, Optional.empty(), Optional.empty(), true);
    }

    static Finding found(Verdict verdict, String version) {
        return found(verdict).about(describing(version));
    }

    static Finding found(Verdict verdict) {
        return Finding.of(verdict, verdict.name());
    }

    static Finding denied(DenialReason reason) {
        return found(Verdict.ACCESS_DENIED).because(reason);
    }

    /// About whatever is current.
    static Answer answer(double minute, Finding finding) {
        return new Answer(at(minute), Optional.empty(), finding);
    }

    static Answer usable(double minute, String version) {
        return answer(minute, found(Verdict.USABLE, version));
    }

    static Answer disabled(double minute, String version) {
        return answer(minute, found(Verdict.DISABLED, version));
    }

    /// About one version.
    static Answer about(String version, double minute, Verdict verdict) {
        Finding finding = verdict == Verdict.ABSENT ? found(verdict) : found(verdict, version);
        return new Answer(at(minute), Optional.of(version(version)), finding);
    }
}
