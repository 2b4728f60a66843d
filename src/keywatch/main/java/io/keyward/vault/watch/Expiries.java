package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.id.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds expiries to announce.
record Expiries(Differences found) {
    /// Announces the expiry of each version once for each number of days before it, and again when the expiry
    /// changes.
    void find(List<Integer> days, Instant now) {
        Set<KeyVersion> versions = new TreeSet<>(Comparator.comparing(KeyVersion::value));
        versions.addAll(found.observation().versions());
        found.evidence().currentVersion().ifPresent(versions::add);
        for (KeyVersion version : versions) {
            Evidence.last(1, found.evidence().of(version)).stream()
                    .filter(answer -> answer.expiresAt().filter(now::isBefore).isPresent())
                    .forEach(answer -> expiry(version, answer, days, now));
        }
    }

    private void expiry(KeyVersion version, ProbeAnswer answer, List<Integer> days, Instant now) {
        Instant expiresAt = answer.expiresAt().orElseThrow();
        Optional<Fact.Expiry> announced = found.facts().expiryOf(version);
        boolean corrected =
                announced.isPresent() && !announced.get().expiresAt().equals(expiresAt);
        Optional<Instant> at = corrected
                ? Optional.of(answer.askedAt())
                : days.stream()
                        .map(number -> expiresAt.minus(Duration.ofDays(number)))
                        .filter(moment -> !moment.isAfter(now))
                        .max(Comparator.naturalOrder());
        at.filter(moment ->
                        announced.isEmpty() || moment.isAfter(announced.get().at()))
                .ifPresent(moment -> found.state(new Event.KeyExpiring(
                        found.observation().tenant(),
                        new Stamp(moment, found.id(announced, "KeyExpiring", version, expiresAt)),
                        found.observation().key(),
                        version,
                        expiresAt)));
    }
}
