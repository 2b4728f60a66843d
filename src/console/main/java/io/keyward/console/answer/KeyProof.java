package io.keyward.console.answer;

import io.keyward.console.answer.EnforcementAnswer.Proof;
import io.keyward.console.answer.KeyEnforcement.Lag;
import io.keyward.console.answer.KeyEnforcement.OfVersion;
import io.keyward.console.answer.KeyEnforcement.Progress;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.console.replica.KeyUser;
import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Protection;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Collects whether those who use a key really are under it. Statuses are counted over all users; reports and proofs,
/// which take reading for each, only of the first ones.
final class KeyProof {
    /// The most parts of which reports are read. One environment more may be read than these allow.
    static final int MAX_PARTS = 10_000;

    /// The most environments of which proofs are looked up.
    static final int MAX_PROOFS = 50;

    private final KeyId key;
    private final Function<KeyUser, Reports> reports;
    private final Function<EnvironmentRow, Map<Component, Proof>> proofs;
    private final Map<Optional<String>, Collected> versions = new HashMap<>();
    private final ReportedItems items = new ReportedItems();
    private long reporting;
    private long counted;
    private int parts;
    private int proofsRead;

    /// What is known of one version.
    private static final class Collected {
        private final Map<EnforcementStatus, Long> statuses = new EnumMap<>(EnforcementStatus.class);
        private final List<Duration> lags = new ArrayList<>();
        private long environments;
        private long enforced;
        private long provenComponents;
        private long items;
        private Instant lastProof = Instant.MIN;
    }

    /// @param reports reads the reports on an environment
    /// @param proofs looks up the proofs of an environment
    KeyProof(KeyId key, Function<KeyUser, Reports> reports, Function<EnvironmentRow, Map<Component, Proof>> proofs) {
        this.key = key;
        this.reports = reports;
        this.proofs = proofs;
    }

    void add(KeyUser user) {
        if (!user.summary().facts().reported().isEmpty()) {
            reporting++;
            if (parts < MAX_PARTS) {
                counted++;
                reports.apply(user).components().values().forEach(this::count);
            }
        }
        user.summary()
                .published()
                .decision()
                .filter(decision -> decision.key().map(KeyReference::key).equals(Optional.of(key)))
                .ifPresent(decision -> add(user, decision));
    }

    private void count(ComponentReports reported) {
        parts += reported.parts().size();
        ReportedItems.latest(reported).forEach(items::add);
    }

    private void add(KeyUser user, Decision decision) {
        Map<Component, Enforcement> desired = desired(decision);
        if (desired.isEmpty()) {
            return;
        }
        Collected of = collected(decision.key().orElseThrow());
        desired.values().forEach(said -> of.statuses.merge(said.status(), 1L, Long::sum));
        of.environments++;
        boolean anyEnforced = desired.values().stream().anyMatch(KeyProof::isEnforced);
        of.enforced += desired.values().stream().allMatch(KeyProof::isEnforced) ? 1 : 0;
        if (anyEnforced && proofsRead < MAX_PROOFS) {
            proofsRead++;
            addProofs(user.row(), of);
        }
    }

    private static Map<Component, Enforcement> desired(Decision decision) {
        Map<Component, Enforcement> desired = new EnumMap<>(Component.class);
        desired.putAll(decision.enforcement());
        desired.keySet().removeIf(component -> !isUnderKey(decision.components().get(component)));
        return desired;
    }

    private void addProofs(EnvironmentRow row, Collected of) {
        Map<Component, Enforcement> desired =
                desired(row.state().published().decision().orElseThrow());
        proofs.apply(row).forEach((component, proof) -> {
            Enforcement said = desired.get(component);
            if (said != null && isEnforced(said)) {
                addProof(of, said, proof);
            }
        });
    }

    private static boolean isEnforced(Enforcement said) {
        return said.status() == EnforcementStatus.ENFORCED;
    }

    private static void addProof(Collected of, Enforcement said, Proof proof) {
        if (proof.decidedAt().isEmpty() || proof.interrupted()) {
            return;
        }
        Instant at = proof.decidedAt().get();
        of.provenComponents++;
        of.lastProof = at.isAfter(of.lastProof) ? at : of.lastProof;
        if (proof.exact()) {
            Duration took = Duration.between(said.desiredSince(), at);
            of.lags.add(took.isNegative() ? Duration.ZERO : took);
        }
    }

    /// Whether the component should be under the key of the data (R29). What locks or lacks evidence does not change
    /// that (R20, R32).
    private static boolean isUnderKey(ComponentProtection held) {
        return held.protection().whenLocked() == Protection.LOCKED
                || (held.protection() == Protection.UNDETERMINED && held.reason() == Rule.R32);
    }

    /// @param order the versions that events have named, the newest first
    KeyEnforcement compose(Evidence evidence, List<String> order) {
        items.counts()
                .forEach((under, count) -> under.filter(
                                reference -> reference.key().equals(key))
                        .ifPresent(reference -> collected(reference).items = count));
        List<OfVersion> all = Stream.of(
                        Stream.of(Optional.<String>empty()),
                        order.stream().map(Optional::of),
                        versions.keySet().stream().sorted(Comparator.comparing(version -> version.orElse(""))))
                .flatMap(Function.identity())
                .distinct()
                .filter(versions::containsKey)
                .map(version -> of(version, versions.get(version)))
                .toList();
        return new KeyEnforcement(evidence, all, reporting, counted);
    }

    private Collected collected(KeyReference under) {
        return versions.computeIfAbsent(under.version().map(KeyVersion::value), _ -> new Collected());
    }

    private static OfVersion of(Optional<String> version, Collected of) {
        long components =
                of.statuses.values().stream().mapToLong(Long::longValue).sum();
        long enforced = of.statuses.getOrDefault(EnforcementStatus.ENFORCED, 0L);
        return new OfVersion(
                version,
                new Progress(of.enforced, of.environments - of.enforced),
                new Progress(enforced, components - enforced),
                of.statuses,
                of.items,
                Optional.of(of.lastProof).filter(_ -> components > 0 && of.provenComponents == components),
                lag(of.lags));
    }

    private static Optional<Lag> lag(List<Duration> lags) {
        List<Duration> sorted = lags.stream().sorted().toList();
        return sorted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Lag(
                        sorted.size(),
                        sorted.get((sorted.size() - 1) / 2).toSeconds(),
                        sorted.getLast().toSeconds()));
    }

    /// What keeps the counts of items from being whole.
    List<String> missing() {
        return counted < reporting
                ? List.of("Items by version are those of the first %,d environments that report; %,d more do."
                        .formatted(counted, reporting - counted))
                : List.of();
    }
}
