package io.keyward.domain.advice;

import io.keyward.domain.History;
import io.keyward.domain.KeyPeriod;
import io.keyward.domain.Lock;
import io.keyward.domain.Sentences;
import io.keyward.domain.VersionHistory;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What can be done about an environment's keys and the policies that name them.
final class KeyMeasures {
    /// If a key has more revocations than that, they are undone only together.
    private static final int ALONE = 3;

    private KeyMeasures() {}

    /// The measures that may help; in this order they must be done.
    static List<Measure> of(Trial now) {
        List<Measure> measures = new ArrayList<>();
        measures.add(KeyMeasures::rotate);
        measures.add(KeyMeasures::unpin);
        toUndo(now).forEach((key, revocations) -> {
            if (revocations.size() <= ALONE) {
                revocations.values().forEach(revocation -> measures.add(undo(key, revocation)));
            }
            measures.add(undoAll(key, revocations.values()));
        });
        return measures;
    }

    /// What cannot be used, and why; without a version, the whole key.
    private record Loss(RevocationCause cause, Optional<KeyVersion> version) {}

    /// The revocations that keep data from being used: of the key of the data, of a key that waits to replace it,
    /// and of former keys that backups need. Holds one of each cause and version.
    private static Map<KeyId, Map<Loss, Fact.Revocation>> toUndo(Trial now) {
        History history = now.history();
        Map<KeyId, Map<Loss, Fact.Revocation>> open = new LinkedHashMap<>();
        Stream.concat(
                        history.keyPeriod().stream(),
                        history.policyInForce().stream().map(policy -> periodUnder(policy, now)))
                .forEach(period -> add(period.key(), openIn(period), open));
        history.keptAfter(now.situation().asOf())
                .forEach(former -> add(former.period().key(), former.revocationsOfBackups(), open));
        open.values().removeIf(Map::isEmpty);
        return open;
    }

    /// The period under the key of the policy in force, as if the data were under it.
    private static KeyPeriod periodUnder(Fact.Application policy, Trial now) {
        KeyId key = policy.key().key();
        return KeyPeriod.of(
                key,
                now.known().keys().getOrDefault(key, KeyFacts.NONE),
                List.of(new VersionHistory.Choice(
                        now.situation().asOf(), policy.key().version())));
    }

    private static List<Fact.Revocation> openIn(KeyPeriod period) {
        return period.locks().stream().filter(Lock::open).map(Lock::revocation).toList();
    }

    private static void add(KeyId key, List<Fact.Revocation> revocations, Map<KeyId, Map<Loss, Fact.Revocation>> open) {
        Map<Loss, Fact.Revocation> known = open.computeIfAbsent(key, _ -> new LinkedHashMap<>());
        revocations.forEach(one -> known.putIfAbsent(new Loss(one.cause(), one.version()), one));
    }

    private static Measure undo(KeyId key, Fact.Revocation revocation) {
        return trial -> Optional.of(new Remedy.Step(
                Sentences.undo(key, revocation) + ": " + Sentences.happened(revocation) + ".",
                restored(trial, key, revocation.version(), Optional.of(revocation.cause()))));
    }

    private static Measure undoAll(KeyId key, Collection<Fact.Revocation> revocations) {
        String causes = revocations.stream().map(Sentences::happened).collect(Collectors.joining("; "));
        return trial -> Optional.of(new Remedy.Step(
                "Make the key " + key + " and its versions usable again. What was reported and has not ended: " + causes
                        + ".",
                restored(trial, key, Optional.empty(), Optional.empty())));
    }

    private static Event restored(
            Trial trial, KeyId key, Optional<KeyVersion> version, Optional<RevocationCause> cause) {
        return new Event.KeyRestored(trial.tenantId(), trial.nextStamp(), key, version, cause);
    }

    /// A newer version ends an expiry (R23).
    private static Optional<Remedy.Step> rotate(Trial trial) {
        return trial.history()
                .keyPeriod()
                .filter(KeyMeasures::expires)
                .map(period -> new Remedy.Step(
                        "Create a new version of the key " + period.key() + " in its vault: "
                                + Sentences.name(
                                        period.key(), period.reference().version())
                                + " expires or has expired. Keep the old version enabled for 28 days more.",
                        new Event.KeyRotated(
                                trial.tenantId(),
                                trial.nextStamp(),
                                period.key(),
                                unused(trial, period.key()),
                                period.newestVersion(),
                                Optional.empty())));
    }

    private static boolean expires(KeyPeriod period) {
        return period.expiryAnnounced().isPresent()
                || openIn(period).stream().anyMatch(r -> r.cause() == RevocationCause.KEY_EXPIRED);
    }

    private static KeyVersion unused(Trial trial, KeyId key) {
        String known = String.valueOf(trial.known().keys().get(key));
        String name = "new-version";
        while (known.contains(name)) {
            name += "-x";
        }
        return new KeyVersion(name);
    }

    /// Without a pinned version, the newest one is in force (R16).
    private static Optional<Remedy.Step> unpin(Trial trial) {
        History history = trial.history();
        return history.keyPeriod()
                .filter(period -> period.pinned() && history.blockedBy().isEmpty())
                .flatMap(period -> history.policyInForce()
                        .map(policy -> new Remedy.Step(
                                "Apply the policy " + policy.policyId() + " to "
                                        + trial.name() + " again without a version of the key " + period.key()
                                        + ", so that the key's newest version is used instead of "
                                        + period.reference().version().orElseThrow() + ".",
                                apply(trial, policy.policyId(), period.key()))));
    }

    /// Reverts a swap to another key (R22).
    static Optional<Remedy.Step> backToTheKeyOfTheData(Trial trial) {
        History history = trial.history();
        return history.blockedBy().filter(rule -> rule == Rule.R22).map(_ -> {
            PolicyId policy = history.policyInForce().orElseThrow().policyId();
            KeyId key = trial.situation().keyPeriod().key();
            return new Remedy.Step(
                    "Apply a policy with the key " + key + " to " + trial.name()
                            + " again: its data is still encrypted with that key.",
                    apply(trial, policy, key));
        });
    }

    private static Event apply(Trial trial, PolicyId policy, KeyId key) {
        return new Event.PolicyApplied(
                trial.tenantId(),
                trial.nextStamp(),
                trial.known().environment(),
                policy,
                new KeyReference(key, Optional.empty()));
    }
}
