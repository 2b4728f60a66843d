package io.keyward.console.answer;

import io.keyward.console.answer.KeyAnswer.Restoration;
import io.keyward.console.answer.KeyAnswer.Revocation;
import io.keyward.console.answer.KeyAnswer.Version;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.VersionPeriod;
import io.keyward.domain.id.KeyVersion;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The versions, revocations and restorations in the facts of a key, in the form of answers.
record KeyHistory(KeyFacts facts) {
    /// The versions, the newest first.
    ///
    /// @param keptUntil until when an environment needs a version, if one does
    List<Version> versions(Function<KeyVersion, Optional<Instant>> keptUntil) {
        Set<KeyVersion> named = new LinkedHashSet<>();
        facts.versionPeriods().stream()
                .sorted(Comparator.comparing(VersionPeriod::until).reversed())
                .forEach(period -> period.version().ifPresent(named::add));
        facts.expiries().forEach(expiry -> named.add(expiry.version()));
        facts.revocations().forEach(revocation -> revocation.version().ifPresent(named::add));
        return named.stream().map(version -> version(version, keptUntil)).toList();
    }

    private Version version(KeyVersion version, Function<KeyVersion, Optional<Instant>> keptUntil) {
        Optional<VersionPeriod> last = facts.versionPeriods().stream()
                .filter(period -> period.isOf(version))
                .max(Comparator.comparing(VersionPeriod::until));
        return new Version(
                version.value(),
                last.map(period -> period.open() ? Version.State.CURRENT : Version.State.SUPERSEDED)
                        .orElse(Version.State.NEVER_CURRENT),
                last.map(VersionPeriod::from).filter(from -> !from.equals(Instant.MIN)),
                last.filter(period -> !period.open()).map(VersionPeriod::until),
                keptUntil.apply(version),
                facts.expiryOf(version).map(Fact.Expiry::expiresAt),
                revokedBy(version));
    }

    private List<RevocationCause> revokedBy(KeyVersion version) {
        return facts.openRevocations().stream()
                .filter(revocation -> revocation.version().map(version::equals).orElse(true))
                .map(Fact.Revocation::cause)
                .distinct()
                .toList();
    }

    /// The revocations, the newest first.
    List<Revocation> revocations() {
        return facts.countedRevocations().reversed().stream()
                .map(revocation -> new Revocation(
                        revocation.version().map(KeyVersion::value),
                        revocation.cause(),
                        revocation.at(),
                        Optional.of(revocation.stamp().eventId().value())
                                .filter(_ -> facts.revocations().facts().contains(revocation)),
                        facts.closedAt(revocation)))
                .toList();
    }

    /// The restorations, the newest first.
    List<Restoration> restorations() {
        return facts.restorations().facts().reversed().stream()
                .map(restoration -> new Restoration(
                        restoration.version().map(KeyVersion::value),
                        restoration.cause(),
                        restoration.at(),
                        restoration.stamp().eventId().value()))
                .toList();
    }
}
