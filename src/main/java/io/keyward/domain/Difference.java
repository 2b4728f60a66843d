package io.keyward.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/// What has to be published so that readers believe the new verdict, and what they believe then (R15).
///
/// Nothing changed: nothing is published. Folding all publications gives the last verdict, exactly.
public record Difference(List<Publication> publications, Published published) {
    /// How many cleared warnings about subjects an environment keeps a record of.
    static final int CLEARED_KEPT = 100;

    public Difference {
        publications = List.copyOf(publications);
    }

    /// Whose verdict it is, which profile made it, and what caused it.
    public record About(TenantId tenantId, EnvironmentId environmentId, String ruleProfile, Cause cause) {}

    /// The difference between what was published and the verdict; without one, everything said is taken back (R24).
    public static Difference between(Published before, Optional<Verdict> verdict, About about) {
        return verdict.map(v -> toVerdict(before, v, about)).orElseGet(() -> toNothing(before, about));
    }

    private static Difference toVerdict(Published before, Verdict verdict, About about) {
        if (saysTheSame(before, verdict)) {
            return new Difference(List.of(), before);
        }
        long revision = before.revision() + 1;
        List<Publication> publications = new ArrayList<>();
        publications.add(new Publication.OfDecision(
                about.tenantId(),
                about.environmentId(),
                revision,
                verdict.decision(),
                verdict.warningNames(),
                verdict.sinkNames(),
                about.ruleProfile(),
                about.cause()));
        var warnings = warnings(before, verdict, about, publications);
        var signals = signals(before, verdict, about, revision, publications);
        return new Difference(
                publications, new Published(revision, Optional.of(verdict.decision()), warnings, signals));
    }

    private static boolean saysTheSame(Published before, Verdict verdict) {
        return before.decision().equals(Optional.of(verdict.decision()))
                && sameWarnings(before, verdict)
                && sameSignals(before, verdict);
    }

    private static boolean sameWarnings(Published before, Verdict verdict) {
        return areAll(before.warnings(), verdict.openWarnings(), (_, _) -> true);
    }

    private static boolean sameSignals(Published before, Verdict verdict) {
        return areAll(before.signals(), verdict.suppressedSinks(), Suppressed::saysTheSameAs);
    }

    /// Whether what stands open are these and no others.
    private static <K, V, W> boolean areAll(
            Map<K, Optional<V>> standing, Map<K, W> these, BiPredicate<V, W> saysTheSame) {
        int open = 0;
        for (Map.Entry<K, Optional<V>> entry : standing.entrySet()) {
            if (entry.getValue().isPresent()) {
                open++;
                W same = these.get(entry.getKey());
                if (same == null || !saysTheSame.test(entry.getValue().get(), same)) {
                    return false;
                }
            }
        }
        return open == these.size();
    }

    private static boolean isStanding(
            SortedMap<String, Optional<Suppressed>> signals, String sink, Suppressed suppressed) {
        return signals.getOrDefault(sink, Optional.empty())
                .filter(suppressed::saysTheSameAs)
                .isPresent();
    }

    private static <K, V> void forEachOpen(SortedMap<K, Optional<V>> standing, BiConsumer<K, V> step) {
        standing.forEach((key, value) -> value.ifPresent(open -> step.accept(key, open)));
    }

    private static SortedMap<WarningKey, Optional<Instant>> warnings(
            Published before, Verdict verdict, About about, List<Publication> publications) {
        if (sameWarnings(before, verdict) && before.warnings().size() <= CLEARED_KEPT) {
            return before.warnings();
        }
        SortedMap<WarningKey, Optional<Instant>> after = new TreeMap<>(before.warnings());
        Instant now = about.cause().occurredAt();
        forEachOpen(before.warnings(), (key, raisedAt) -> {
            if (!verdict.openWarnings().containsKey(key)) {
                after.put(key, Optional.empty());
                publications.add(warning(about, key, key.code().clearedMessage(), raisedAt, Optional.of(now)));
            }
        });
        verdict.openWarnings().forEach((key, warning) -> {
            if (after.getOrDefault(key, Optional.empty()).isEmpty()) {
                after.put(key, Optional.of(now));
                publications.add(warning(about, key, warning.message(), now, Optional.empty()));
            }
        });
        takeBackBeyondBound(before.warnings(), after, about, publications);
        return after;
    }

    /// Subjects come and go without end, and so would the records about them. What was cleared before this difference
    /// may go; a reader has been told of it.
    private static void takeBackBeyondBound(
            SortedMap<WarningKey, Optional<Instant>> before,
            SortedMap<WarningKey, Optional<Instant>> after,
            About about,
            List<Publication> publications) {
        if (before.size() <= CLEARED_KEPT) {
            return;
        }
        List<WarningKey> cleared = before.entrySet().stream()
                .filter(standing -> standing.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .filter(key -> key.subject().isPresent() && after.get(key).isEmpty())
                .toList();
        cleared.stream().limit(Math.max(0, cleared.size() - CLEARED_KEPT)).forEach(key -> {
            after.remove(key);
            publications.add(new Publication.Retraction(
                    about.tenantId(),
                    Publication.Kind.WARNING,
                    Publication.warningKey(about.tenantId(), Optional.of(about.environmentId()), key)));
        });
    }

    private static Publication warning(
            About about, WarningKey key, String message, Instant raisedAt, Optional<Instant> clearedAt) {
        return new Publication.OfWarning(
                about.tenantId(),
                Optional.of(about.environmentId()),
                key,
                message,
                raisedAt,
                clearedAt,
                about.ruleProfile(),
                about.cause());
    }

    private static SortedMap<String, Optional<Suppressed>> signals(
            Published before, Verdict verdict, About about, long revision, List<Publication> publications) {
        if (sameSignals(before, verdict)) {
            return before.signals();
        }
        SortedMap<String, Optional<Suppressed>> after = new TreeMap<>(before.signals());
        forEachOpen(before.signals(), (sink, suppressed) -> {
            if (!verdict.suppressedSinks().containsKey(sink)) {
                after.put(sink, Optional.empty());
                publications.add(allowance(about, sink, suppressed, verdict, revision));
            }
        });
        verdict.suppressedSinks().forEach((sink, suppressed) -> {
            if (!isStanding(before.signals(), sink, suppressed)) {
                after.put(sink, Optional.of(suppressed));
                publications.add(new Publication.OfSuppression(
                        about.tenantId(),
                        about.environmentId(),
                        sink,
                        suppressed,
                        revision,
                        about.ruleProfile(),
                        about.cause()));
            }
        });
        return after;
    }

    private static Publication allowance(
            About about, String sink, Suppressed suppressed, Verdict verdict, long revision) {
        Instant told = Tenure.later(about.cause().occurredAt(), suppressed.since());
        Instant end = verdict.leftKeyAt().map(left -> Tenure.later(left, told)).orElse(told);
        return new Publication.OfAllowance(
                about.tenantId(),
                about.environmentId(),
                sink,
                suppressed.since(),
                end,
                verdict.whyAllowed(),
                revision,
                about.ruleProfile(),
                about.cause());
    }

    private static Difference toNothing(Published before, About about) {
        List<Publication> tombstones = new ArrayList<>();
        TenantId tenant = about.tenantId();
        EnvironmentId environment = about.environmentId();
        if (before.decision().isPresent()) {
            tombstones.add(new Publication.Retraction(
                    tenant, Publication.Kind.DECISION, Publication.decisionKey(tenant, environment)));
        }
        before.warnings()
                .keySet()
                .forEach(warning -> tombstones.add(new Publication.Retraction(
                        tenant,
                        Publication.Kind.WARNING,
                        Publication.warningKey(tenant, Optional.of(environment), warning))));
        before.signals()
                .keySet()
                .forEach(sink -> tombstones.add(new Publication.Retraction(
                        tenant, Publication.Kind.SUPPRESSION, Publication.suppressionKey(tenant, environment, sink))));
        return new Difference(
                tombstones,
                new Published(
                        before.revision(),
                        Optional.empty(),
                        Published.NOTHING.warnings(),
                        Published.NOTHING.signals()));
    }
}
