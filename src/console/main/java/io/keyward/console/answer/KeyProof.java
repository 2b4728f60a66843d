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

/// Collects whether the users of a key are really under it. It counts statuses over all users, but reads reports
/// and proofs, which need a read per user, only for the first ones.
final class KeyProof {
    /// Reports are read until this many parts are counted; the last environment may exceed it.
    static final int MAX_PARTS = 10_000;

    /// The maximum number of environments whose proofs are read.
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
    /// @param proofs reads the proofs of an environment
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
        desired.values().forEach(enforcement -> of.statuses.merge(enforcement.status(), 1L, Long::sum));
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
            Enforcement enforcement = desired.get(component);
            if (enforcement != null && isEnforced(enforcement)) {
                addProof(of, enforcement, proof);
            }
        });
    }

    private static boolean isEnforced(Enforcement enforcement) {
        return enforcement.status() == EnforcementStatus.ENFORCED;
    }

    private static void addProof(Collected of, Enforcement enforcement, Proof proof) {
        if (proof.decidedAt().isEmpty() || proof.interrupted()) {
            return;
        }
        Instant at = proof.decidedAt().get();
        of.provenComponents++;
        of.lastProof = at.isAfter(of.lastProof) ? at : of.lastProof;
        if (proof.exact()) {
            Duration took = Duration.between(enforcement.desiredSince(), at);
            of.lags.add(took.isNegative() ? Duration.ZERO : took);
        }
    }

    /// Whether the component should be under the key of the data (R29). A lock (R20) or missing evidence (R32)
    /// does not change that.
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

    /// What makes the counts of items incomplete.
    List<String> missing() {
        return counted < reporting
                ? List.of("Items by version cover only the first %,d environments with reports; %,d more have reports."
                        .formatted(counted, reporting - counted))
                : List.of();
    }
}
