package io.keyward.domain.decision;

import io.keyward.domain.fact.VersionPeriod;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/// What must be published so that readers know the new verdict, and what they know then (R15).
///
/// If nothing changed, nothing is published. All publications, applied in order, give exactly the last verdict.
public record Difference(List<Publication> publications, Published published) {
    /// How many cleared warnings about subjects are remembered per environment.
    static final int CLEARED_KEPT = 100;

    public Difference {
        publications = List.copyOf(publications);
    }

    /// The environment of the verdict, the profile that it rests on, and its cause.
    public record About(TenantId tenantId, EnvironmentId environmentId, String ruleProfile, Cause cause) {}

    /// The difference between what was published and the verdict. Without a verdict, everything published is
    /// retracted (R24).
    public static Difference between(Published before, Optional<Verdict> verdict, About about) {
        return verdict.map(v -> toVerdict(before, v, about)).orElseGet(() -> retractAll(before, about));
    }

    private static Difference toVerdict(Published before, Verdict verdict, About about) {
        boolean sameCauses = sameCauses(before, verdict);
        boolean sameSignals = sameSignals(before, verdict);
        if (sameSignals
                && isDecision(before, verdict.decision())
                && (sameCauses || textsNameAllCauses(before, verdict))) {
            return new Difference(List.of(), sameCauses ? before : withCurrentCauses(before, verdict));
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
        var warnings = sameCauses && before.warnings().size() <= CLEARED_KEPT
                ? before.warnings()
                : warnings(before, verdict, about, publications);
        var signals = sameSignals ? before.signals() : signals(before, verdict, about, revision, publications);
        return new Difference(
                publications, new Published(revision, Optional.of(verdict.decision()), warnings, signals));
    }

    private static boolean isDecision(Published before, Decision decision) {
        return before.decision().isPresent() && before.decision().get().equals(decision);
    }

    /// What was published, with the causes that hold warnings open now. A cause that ended and returns is
    /// reported again.
    private static Published withCurrentCauses(Published before, Verdict verdict) {
        SortedMap<WarningKey, Optional<RaisedWarning>> warnings = new TreeMap<>(before.warnings());
        warnings.replaceAll((key, standing) -> standing.map(raised ->
                new RaisedWarning(raised.at(), verdict.openWarnings().get(key).causes())));
        return new Published(before.revision(), before.decision(), warnings, before.signals());
    }

    /// Whether exactly these warnings are open, each held open by the same causes.
    private static boolean sameCauses(Published before, Verdict verdict) {
        return openMatch(
                before.warnings(),
                verdict.openWarnings(),
                (raised, open) -> raised.causes().equals(open.causes()));
    }

    /// Whether exactly these warnings are open, and their texts are still true.
    private static boolean textsNameAllCauses(Published before, Verdict verdict) {
        return openMatch(before.warnings(), verdict.openWarnings(), Difference::textNamesAllCauses);
    }

    /// Whether the text of the raised warning names everything that holds it open now (R3a, R20, R23, R26).
    private static boolean textNamesAllCauses(RaisedWarning raised, OpenWarning open) {
        return raised.causes().containsAll(open.causes());
    }

    private static boolean sameSignals(Published before, Verdict verdict) {
        return openMatch(
                before.signals(),
                verdict.suppressedSinks(),
                (signalled, suppressed) -> signalled.suppressed().equals(suppressed));
    }

    /// Whether exactly these entries are open.
    private static <K, V, W> boolean openMatch(
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

    private static <K, V> void forEachOpen(SortedMap<K, Optional<V>> standing, BiConsumer<K, V> step) {
        standing.forEach((key, value) -> value.ifPresent(open -> step.accept(key, open)));
    }

    private static SortedMap<WarningKey, Optional<RaisedWarning>> warnings(
            Published before, Verdict verdict, About about, List<Publication> publications) {
        SortedMap<WarningKey, Optional<RaisedWarning>> after = new TreeMap<>(before.warnings());
        Instant now = about.cause().occurredAt();
        forEachOpen(before.warnings(), (key, raised) -> {
            OpenWarning open = verdict.openWarnings().get(key);
            if (open == null || !textNamesAllCauses(raised, open)) {
                after.put(key, Optional.empty());
                publications.add(warning(
                        about,
                        key,
                        open == null
                                ? key.code().clearedMessage(verdict.standing())
                                : key.code().raisedAnewMessage().orElseThrow(),
                        raised.at(),
                        Optional.of(VersionPeriod.later(raised.at(), now))));
            }
        });
        verdict.openWarnings().forEach((key, open) -> {
            Optional<RaisedWarning> standing = after.getOrDefault(key, Optional.empty());
            if (standing.isEmpty()) {
                publications.add(warning(about, key, open.message(), now, Optional.empty()));
            }
            after.put(
                    key,
                    Optional.of(
                            new RaisedWarning(standing.map(RaisedWarning::at).orElse(now), open.causes())));
        });
        retractBeyondBound(before.warnings(), after, about, publications);
        return after;
    }

    /// Retracts the oldest records of cleared warnings beyond the bound, since new subjects appear without end.
    /// Only warnings cleared before this difference are retracted: readers have seen that they were cleared.
    private static void retractBeyondBound(
            SortedMap<WarningKey, Optional<RaisedWarning>> before,
            SortedMap<WarningKey, Optional<RaisedWarning>> after,
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

    private static SortedMap<String, Optional<SuppressionSignal>> signals(
            Published before, Verdict verdict, About about, long revision, List<Publication> publications) {
        SortedMap<String, Optional<SuppressionSignal>> after = new TreeMap<>(before.signals());
        forEachOpen(before.signals(), (sink, signalled) -> {
            if (!verdict.suppressedSinks().containsKey(sink)) {
                after.put(sink, Optional.empty());
                publications.add(allowance(about, sink, signalled, verdict, revision));
            }
        });
        verdict.suppressedSinks().forEach((sink, suppressed) -> {
            Optional<SuppressionSignal> standing = before.signals().getOrDefault(sink, Optional.empty());
            if (!standing.map(SuppressionSignal::suppressed).equals(Optional.of(suppressed))) {
                SuppressionSignal signalled = standing.map(s -> s.followedBy(suppressed))
                        .orElseGet(() -> new SuppressionSignal(suppressed, suppressed.since()));
                after.put(sink, Optional.of(signalled));
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
            About about, String sink, SuppressionSignal signalled, Verdict verdict, long revision) {
        Instant told = VersionPeriod.later(
                about.cause().occurredAt(), signalled.suppressed().since());
        Instant end =
                verdict.leftKeyAt().map(left -> VersionPeriod.later(left, told)).orElse(told);
        return new Publication.OfAllowance(
                about.tenantId(),
                about.environmentId(),
                sink,
                signalled.gapFrom(),
                end,
                verdict.whyAllowed(),
                revision,
                about.ruleProfile(),
                about.cause());
    }

    private static Difference retractAll(Published before, About about) {
        return new Difference(
                retraction(before, about.tenantId(), about.environmentId()),
                new Published(
                        before.revision(),
                        Optional.empty(),
                        Published.NOTHING.warnings(),
                        Published.NOTHING.signals()));
    }

    /// The tombstones for all records that stand.
    public static List<Publication> retraction(Published before, TenantId tenant, EnvironmentId environment) {
        List<Publication> tombstones = new ArrayList<>();
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
        return tombstones;
    }
}
