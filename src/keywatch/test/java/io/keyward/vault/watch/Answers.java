package io.keyward.vault.watch;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import io.keyward.vault.DenialReason;
import io.keyward.vault.KeyDescription;
import io.keyward.vault.KeyShape;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import io.keyward.vault.RecoveryLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Creates vault answers for tests. Times are in minutes of one day.
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
        return new KeyDescription(
                version(version), RSA_2048, true, Optional.empty(), Optional.empty(), RecoveryLevel.PURGE_PROTECTED);
    }

    static ProbeResult found(ProbeOutcome verdict, String version) {
        return found(verdict).about(describing(version));
    }

    static ProbeResult found(ProbeOutcome verdict) {
        return ProbeResult.of(verdict, verdict.name());
    }

    static ProbeResult denied(DenialReason reason) {
        return found(ProbeOutcome.ACCESS_DENIED).because(reason);
    }

    /// An answer about the current version.
    static ProbeAnswer answer(double minute, ProbeResult finding) {
        return new ProbeAnswer(at(minute), Optional.empty(), finding);
    }

    /// These answers as a target would have counted them: each denial has the time of the first one of its kind before
    /// it without another answer in between.
    static List<ProbeAnswer> counted(List<ProbeAnswer> answers) {
        List<ProbeAnswer> counted = new ArrayList<>();
        for (ProbeAnswer answer : answers) {
            boolean goesOn = !counted.isEmpty() && answer.continues(counted.getLast());
            counted.add(
                    goesOn
                            ? new ProbeAnswer(
                                    answer.askedAt(),
                                    answer.asFor(),
                                    answer.result(),
                                    counted.getLast().deniedSince())
                            : answer);
        }
        return counted;
    }

    static ProbeAnswer usable(double minute, String version) {
        return answer(minute, found(ProbeOutcome.USABLE, version));
    }

    static ProbeAnswer disabled(double minute, String version) {
        return answer(minute, found(ProbeOutcome.DISABLED, version));
    }

    /// An answer about a given version.
    static ProbeAnswer about(String version, double minute, ProbeOutcome verdict) {
        ProbeResult finding = verdict == ProbeOutcome.ABSENT ? found(verdict) : found(verdict, version);
        return new ProbeAnswer(at(minute), Optional.of(version(version)), finding);
    }
}
