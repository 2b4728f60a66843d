package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.id.KeyVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Finds rotations: the vault's current version differs from that in the facts.
record Rotations(Differences found) {
    /// Adds the first version without further checks. A later version counts when it is usable; until then the
    /// data stays under the previous one. A return to an earlier version needs a full proof, because a vault
    /// may answer from an outdated replica for a while.
    void find() {
        Optional<KeyVersion> newest = found.facts().newestVersion();
        found.evidence()
                .currentVersion()
                .filter(current -> !newest.equals(Optional.of(current)))
                .ifPresent(current -> {
                    if (newest.isEmpty() || takesOver(current)) {
                        rotated(current, newest);
                    }
                });
    }

    private boolean takesOver(KeyVersion version) {
        Fact.Rotation latest = found.facts().rotations().facts().getLast();
        boolean known = found.facts().rotations().facts().stream()
                .anyMatch(r ->
                        r.newVersion().equals(version) || r.previousVersion().equals(Optional.of(version)));
        List<ProbeAnswer> proof = Evidence.last(
                known ? found.confirmations() : 1, found.evidence().of(version));
        Instant after = known ? latest.at().plus(found.grace()) : latest.at();
        return !proof.isEmpty()
                && proof.stream()
                        .allMatch(answer -> answer.usable() && answer.askedAt().isAfter(after));
    }

    private void rotated(KeyVersion version, Optional<KeyVersion> previous) {
        ProbeAnswer last = found.evidence().last().orElseThrow();
        Optional<Fact.Rotation> against =
                found.facts().rotations().facts().stream().reduce((_, later) -> later);
        found.state(new Event.KeyRotated(
                found.observation().tenant(),
                new Stamp(last.askedAt(), found.id(against, "KeyRotated", version)),
                found.observation().key(),
                version,
                previous,
                last.expiresAt()));
    }
}
