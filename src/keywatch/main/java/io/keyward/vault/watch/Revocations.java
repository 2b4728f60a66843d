package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyVersion;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds revocations: refusals by the vault that are missing in the facts.
record Revocations(Differences found) {
    /// Adds an event for each such refusal.
    void find() {
        revocation(found.evidence().current());
        versionsOnTheirOwn().forEach(version -> revocation(found.evidence().of(version)));
    }

    private void revocation(List<ProbeAnswer> answers) {
        List<ProbeAnswer> proof = found.proof(answers);
        if (proof.isEmpty()
                || !proof.stream()
                        .allMatch(answer -> answer.bearsOut(proof.getLast())
                                && found.counts(answer)
                                && found.rules().viewpoint().mayBecomeFact(answer))) {
            return;
        }
        ProbeAnswer last = proof.getLast();
        RevocationCause cause = last.cause().orElseThrow();
        Optional<Fact.Restoration> against = latestRestoration(last.scope(), cause);
        Instant since = since(proof, against);
        boolean outdated = against.isPresent() && !since.isAfter(against.get().at());
        if (outdated || isKnown(last.scope(), cause) || mayBeTheWholeKey(last, since)) {
            return;
        }
        found.state(
                new Event.KeyRevoked(
                        found.observation().tenant(),
                        new Stamp(since, found.id(against, "KeyRevoked", last.scope(), cause)),
                        found.observation().key(),
                        last.scope(),
                        cause),
                found.rules().viewpoint().publishedFrom(last, since));
    }

    /// The time of the first answer with this cause and scope: of the proof, or of the unbroken denials of which the
    /// proof is the end, unless a restoration came in between.
    private static Instant since(List<ProbeAnswer> proof, Optional<Fact.Restoration> against) {
        ProbeAnswer last = proof.getLast();
        Instant first = proof.reversed().stream()
                .takeWhile(answer -> answer.scope().equals(last.scope()))
                .reduce((_, earlier) -> earlier)
                .orElseThrow()
                .askedAt();
        return last.isDenial()
                        && against.filter(restored -> !last.deniedSince().isAfter(restored.at()))
                                .isEmpty()
                ? last.deniedSince()
                : first;
    }

    private Optional<Fact.Restoration> latestRestoration(Optional<KeyVersion> scope, RevocationCause cause) {
        Fact.Revocation longAgo = new Fact.Revocation(new Stamp(Instant.MIN, new EventId("none")), scope, cause);
        return found.facts().restorations().facts().stream()
                .filter(restoration -> restoration.closes(longAgo))
                .max(Comparator.comparing(Fact::stamp));
    }

    private boolean isKnown(Optional<KeyVersion> scope, RevocationCause cause) {
        return found.open().stream()
                .anyMatch(r -> r.cause() == cause
                        && (r.version().isEmpty() || r.version().equals(scope)));
    }

    /// A missing version proves nothing until the vault has shown the key itself.
    private boolean mayBeTheWholeKey(ProbeAnswer answer, Instant since) {
        return answer.asFor().isPresent()
                && answer.cause().equals(Optional.of(RevocationCause.KEY_DELETED))
                && answer.scope().isPresent()
                && !found.evidence().showsTheKeyAfter(since);
    }

    /// The versions that answers about the current version do not cover.
    private List<KeyVersion> versionsOnTheirOwn() {
        return found.observation().versions().stream()
                .filter(version -> !found.evidence().currentVersion().equals(Optional.of(version)))
                .sorted(Comparator.comparing(KeyVersion::value))
                .toList();
    }
}
