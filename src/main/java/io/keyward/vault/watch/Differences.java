package io.keyward.vault.watch;

import io.keyward.domain.Event;
import io.keyward.domain.EventId;
import io.keyward.domain.Fact;
import io.keyward.domain.KeyFacts;
import io.keyward.domain.KeyVersion;
import io.keyward.domain.RevocationCause;
import io.keyward.domain.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Collects the events that bring the facts in line with what the vault has shown, each in the light of those before.
final class Differences {
    private static final Set<RevocationCause> VISIBLE = EnumSet.of(
            RevocationCause.KEY_DISABLED,
            RevocationCause.KEY_DELETED,
            RevocationCause.VAULT_DELETED,
            RevocationCause.ACCESS_REMOVED,
            RevocationCause.NETWORK_BLOCKED,
            RevocationCause.KEY_EXPIRED);

    private final Matter matter;
    private final Evidence evidence;
    private final int confirmations;
    private final Duration grace;
    private final List<Event.OfKey> events = new ArrayList<>();
    private KeyFacts facts;
    private List<Fact.Revocation> open;

    /// @param confirmations how many answers in a row make a proof
    Differences(Matter matter, int confirmations, Duration grace) {
        this.matter = matter;
        this.evidence = matter.evidence();
        this.confirmations = confirmations;
        this.grace = grace;
        this.facts = matter.facts();
        this.open = facts.openRevocations();
    }

    List<Event.OfKey> events() {
        return List.copyOf(events);
    }

    /// The first version ever seen is stated as it is. A later one counts once it is usable: until then data stays
    /// under the version before it. To go back to a version that was current already takes a full proof, because a
    /// vault may answer from an old copy for a while.
    Differences rotation() {
        Optional<KeyVersion> newest = facts.newestVersion();
        evidence.currentVersion()
                .filter(current -> !newest.equals(Optional.of(current)))
                .ifPresent(current -> {
                    if (newest.isEmpty() || takesOver(current)) {
                        rotated(current, newest);
                    }
                });
        return this;
    }

    private boolean takesOver(KeyVersion version) {
        Fact.Rotation latest = facts.rotations().facts().getLast();
        boolean known = facts.rotations().facts().stream()
                .anyMatch(r ->
                        r.newVersion().equals(version) || r.previousVersion().equals(Optional.of(version)));
        List<Answer> proof = last(known ? confirmations : 1, evidence.of(version));
        Instant after = known ? latest.at().plus(grace) : latest.at();
        return !proof.isEmpty()
                && proof.stream()
                        .allMatch(answer -> answer.usable() && answer.asked().isAfter(after));
    }

    private void rotated(KeyVersion version, Optional<KeyVersion> previous) {
        Answer last = evidence.last().orElseThrow();
        Optional<Fact.Rotation> against = facts.rotations().facts().stream().reduce((_, later) -> later);
        state(new Event.KeyRotated(
                matter.tenant(),
                new Stamp(last.asked(), id(against, "KeyRotated", version)),
                matter.key(),
                version,
                previous,
                last.expiresAt()));
    }

    /// Whatever the vault refuses and the facts do not know of.
    Differences revocations() {
        revocation(evidence.current());
        versionsOnTheirOwn().forEach(version -> revocation(evidence.of(version)));
        return this;
    }

    private void revocation(List<Answer> answers) {
        List<Answer> proof = last(confirmations, answers);
        if (proof.isEmpty() || !proof.stream().allMatch(answer -> answer.bearsOut(proof.getLast()))) {
            return;
        }
        Answer last = proof.getLast();
        RevocationCause cause = last.cause().orElseThrow();
        Optional<Fact.Restoration> against = latestRestoration(last.scope(), cause);
        Instant since = since(last, proof);
        boolean outdated = against.isPresent() && !since.isAfter(against.get().at());
        if (outdated || isKnown(last.scope(), cause) || mayBeTheWholeKey(last, since)) {
            return;
        }
        state(new Event.KeyRevoked(
                matter.tenant(),
                new Stamp(since, id(against, "KeyRevoked", last.scope(), cause)),
                matter.key(),
                last.scope(),
                cause));
    }

    /// The earliest answer that gives this very reason.
    private static Instant since(Answer last, List<Answer> proof) {
        return proof.reversed().stream()
                .takeWhile(answer ->
                        answer.cause().equals(last.cause()) && answer.scope().equals(last.scope()))
                .reduce((_, earlier) -> earlier)
                .orElseThrow()
                .asked();
    }

    private Optional<Fact.Restoration> latestRestoration(Optional<KeyVersion> scope, RevocationCause cause) {
        Fact.Revocation longAgo = new Fact.Revocation(new Stamp(Instant.MIN, new EventId("none")), scope, cause);
        return facts.restorations().facts().stream()
                .filter(restoration -> restoration.closes(longAgo))
                .max(Comparator.comparing(Fact::stamp));
    }

    private boolean isKnown(Optional<KeyVersion> scope, RevocationCause cause) {
        return open.stream()
                .anyMatch(r -> r.cause() == cause
                        && (r.version().isEmpty() || r.version().equals(scope)));
    }

    /// A version that is not there says little before it is known whether there is a key at all.
    private boolean mayBeTheWholeKey(Answer answer, Instant since) {
        return answer.asFor().isPresent()
                && answer.cause().equals(Optional.of(RevocationCause.KEY_DELETED))
                && answer.scope().isPresent()
                && !evidence.showsTheKeyAfter(since);
    }

    /// Whatever the facts hold against the key and the vault has disproved. Of the whole key it has to be disproved
    /// for each version that counts: a key made anew under its old name opens nothing.
    ///
    /// As long as a revocation is on its way into the facts nothing is opened: it could be overtaken.
    Differences restorations() {
        if (matter.revocationOnItsWay() || events.stream().anyMatch(Event.KeyRevoked.class::isInstance)) {
            return this;
        }
        List<Fact.Revocation> wholeKeyFirst = open.stream()
                .sorted(Comparator.comparing(r -> r.version().isPresent()))
                .toList();
        for (Fact.Revocation revocation : wholeKeyFirst) {
            List<List<Answer>> proofs = answersOn(revocation)
                    .map(answers -> last(confirmations, answers))
                    .toList();
            if (open.contains(revocation)
                    && isVisible(revocation)
                    && proofs.stream().allMatch(proof -> disproves(proof, revocation))) {
                restored(revocation, proofs);
            }
        }
        return this;
    }

    private Stream<List<Answer>> answersOn(Fact.Revocation revocation) {
        return revocation
                .version()
                .map(version -> Stream.of(evidence.of(version)))
                .orElseGet(() -> Stream.concat(
                        Stream.of(evidence.current()),
                        versionsThatCount(revocation).map(evidence::of)));
    }

    /// Also the one that was current when the whole key was revoked, since that is what the data is under.
    private Stream<KeyVersion> versionsThatCount(Fact.Revocation revocation) {
        Optional<KeyVersion> then = matter.facts().rotations().facts().stream()
                .filter(rotation -> !rotation.at().isAfter(revocation.at()))
                .reduce((_, later) -> later)
                .map(Fact.Rotation::newVersion);
        return Stream.of(matter.versions().stream(), matter.facts().newestVersion().stream(), then.stream())
                .flatMap(versions -> versions)
                .distinct();
    }

    /// What no vault can show is for others to take back.
    private static boolean isVisible(Fact.Revocation revocation) {
        return VISIBLE.contains(revocation.cause())
                || (revocation.cause() == RevocationCause.OTHER
                        && EventIds.isOurs(revocation.stamp().eventId()));
    }

    private boolean disproves(List<Answer> proof, Fact.Revocation revocation) {
        boolean ours = EventIds.isOurs(revocation.stamp().eventId());
        Instant after = ours ? revocation.at() : revocation.at().plus(grace);
        return !proof.isEmpty()
                && proof.stream()
                        .allMatch(answer -> answer.disproves(revocation.cause())
                                && answer.asked().isAfter(after));
    }

    private void restored(Fact.Revocation revocation, List<List<Answer>> proofs) {
        Instant at = proofs.stream()
                .map(proof -> proof.getLast().asked())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        state(new Event.KeyRestored(
                matter.tenant(),
                new Stamp(at, id(Optional.of(revocation), "KeyRestored")),
                matter.key(),
                revocation.version(),
                Optional.of(revocation.cause())));
    }

    /// The expiry of a version, once for each of these numbers of days before it, or when it is not what was announced.
    Differences expiries(List<Integer> days, Instant now) {
        Set<KeyVersion> versions = new TreeSet<>(Comparator.comparing(KeyVersion::value));
        versions.addAll(matter.versions());
        evidence.currentVersion().ifPresent(versions::add);
        for (KeyVersion version : versions) {
            last(1, evidence.of(version)).stream()
                    .filter(answer -> answer.expiresAt().filter(now::isBefore).isPresent())
                    .forEach(answer -> expiry(version, answer, days, now));
        }
        return this;
    }

    private void expiry(KeyVersion version, Answer answer, List<Integer> days, Instant now) {
        Instant expiresAt = answer.expiresAt().orElseThrow();
        Optional<Fact.Expiry> announced = facts.expiries().facts().stream()
                .filter(expiry -> expiry.version().equals(version))
                .findFirst();
        boolean corrected =
                announced.isPresent() && !announced.get().expiresAt().equals(expiresAt);
        Optional<Instant> at = corrected
                ? Optional.of(answer.asked())
                : days.stream()
                        .map(number -> expiresAt.minus(Duration.ofDays(number)))
                        .filter(moment -> !moment.isAfter(now))
                        .max(Comparator.naturalOrder());
        at.filter(moment ->
                        announced.isEmpty() || moment.isAfter(announced.get().at()))
                .ifPresent(moment -> state(new Event.KeyExpiring(
                        matter.tenant(),
                        new Stamp(moment, id(announced, "KeyExpiring", version, expiresAt)),
                        matter.key(),
                        version,
                        expiresAt)));
    }

    /// Versions that answers about whatever is current say nothing of.
    private List<KeyVersion> versionsOnTheirOwn() {
        return matter.versions().stream()
                .filter(version -> !evidence.currentVersion().equals(Optional.of(version)))
                .sorted(Comparator.comparing(KeyVersion::value))
                .toList();
    }

    /// The last so many, or none if there are fewer.
    private static List<Answer> last(int count, List<Answer> answers) {
        return answers.size() < count ? List.of() : answers.subList(answers.size() - count, answers.size());
    }

    private EventId id(Optional<? extends Fact> against, Object... what) {
        return EventIds.of(matter.tenant(), matter.key(), Arrays.stream(what), against);
    }

    private void state(Event.OfKey event) {
        events.add(event);
        facts = facts.with(event);
        open = facts.openRevocations();
    }
}
