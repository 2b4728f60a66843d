package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.id.KeyVersion;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds restorations: open revocations that the vault has disproved.
record Restorations(Differences found) {
    /// Finds all open revocations that the vault has disproved. A revocation of the whole key must be disproved
    /// for each relevant version, because a key created again with the same name cannot unwrap the old data.
    ///
    /// Restores nothing while a revocation is in flight, because the restoration could overtake it.
    void find() {
        if (found.observation().revocationOnItsWay()
                || found.events().stream().anyMatch(Event.KeyRevoked.class::isInstance)) {
            return;
        }
        List<Fact.Revocation> wholeKeyFirst = found.open().stream()
                .sorted(Comparator.comparing(r -> r.version().isPresent()))
                .toList();
        for (Fact.Revocation revocation : wholeKeyFirst) {
            List<List<ProbeAnswer>> proofs =
                    answersOn(revocation).map(found::proof).toList();
            if (found.open().contains(revocation)
                    && (isOurs(revocation) || isOfAKnownKey(revocation))
                    && proofs.stream().allMatch(proof -> disproves(proof, revocation))) {
                restored(revocation, proofs);
            }
        }
    }

    private Stream<List<ProbeAnswer>> answersOn(Fact.Revocation revocation) {
        return revocation
                .version()
                .map(version -> Stream.of(found.evidence().of(version)))
                .orElseGet(() -> Stream.concat(
                        Stream.of(found.evidence().current()),
                        versionsThatCount(revocation).map(found.evidence()::of)));
    }

    /// Includes the version that was current when the whole key was revoked, because it protects the data.
    private Stream<KeyVersion> versionsThatCount(Fact.Revocation revocation) {
        Optional<KeyVersion> then = found.observation().facts().rotations().facts().stream()
                .filter(rotation -> !rotation.at().isAfter(revocation.at()))
                .reduce((_, later) -> later)
                .map(Fact.Rotation::newVersion);
        return Stream.of(
                        found.observation().versions().stream(),
                        found.observation().facts().newestVersion().stream(),
                        then.stream())
                .flatMap(versions -> versions)
                .distinct();
    }

    private static boolean isOurs(Fact.Revocation revocation) {
        return EventIds.isOurs(revocation.stamp().eventId());
    }

    /// Of a deleted key, at least one version must be known from before, because a key created again with the same name
    /// is another key.
    private boolean isOfAKnownKey(Fact.Revocation revocation) {
        boolean deleted = revocation.cause() == RevocationCause.KEY_DELETED
                || revocation.cause() == RevocationCause.VAULT_DELETED;
        return !deleted
                || revocation.version().isPresent()
                || versionsThatCount(revocation).anyMatch(version -> isKnownBefore(revocation.at(), version));
    }

    private boolean isKnownBefore(Instant moment, KeyVersion version) {
        List<Fact.Rotation> laterRotations = found.observation().facts().rotations().facts().stream()
                .filter(rotation -> rotation.newVersion().equals(version))
                .toList();
        return laterRotations.isEmpty() || !laterRotations.getFirst().at().isAfter(moment);
    }

    private boolean disproves(List<ProbeAnswer> proof, Fact.Revocation revocation) {
        Instant after = isOurs(revocation) ? revocation.at() : revocation.at().plus(found.grace());
        return !proof.isEmpty()
                && proof.stream()
                        .allMatch(answer -> found.counts(answer)
                                && found.rules().viewpoint().ends(revocation, answer)
                                && answer.askedAt().isAfter(after));
    }

    private void restored(Fact.Revocation revocation, List<List<ProbeAnswer>> proofs) {
        Instant at = proofs.stream()
                .map(proof -> proof.getLast().askedAt())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        found.state(new Event.KeyRestored(
                found.observation().tenant(),
                new Stamp(at, found.id(Optional.of(revocation), "KeyRestored")),
                found.observation().key(),
                revocation.version(),
                Optional.of(revocation.cause())));
    }
}
