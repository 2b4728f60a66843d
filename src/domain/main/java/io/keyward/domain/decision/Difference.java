package io.keyward.domain.decision;

import io.keyward.domain.decision.Publication.About;
import io.keyward.domain.decision.Publication.Kind;
import io.keyward.domain.decision.Publication.OfWarning;
import io.keyward.domain.decision.Publication.Retraction;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What must be published so that consumers know the new verdict, and what they know then (R15).
///
/// If nothing changed, nothing is published. All publications, applied in order, result in exactly the last
/// verdict.
public record Difference(List<Publication> publications, Published published) {
    public Difference {
        publications = List.copyOf(publications);
    }

    /// The difference between what was published and the verdict. Without a verdict, everything published is
    /// retracted (R24).
    ///
    /// @param signals what the sinks must know by that verdict
    public static Difference between(
            Published before, Optional<Verdict> verdict, SortedMap<String, Signal> signals, About about) {
        return verdict.map(v -> toVerdict(before, v, signals, about)).orElseGet(() -> retractAll(before, about));
    }

    private static Difference toVerdict(
            Published before, Verdict verdict, SortedMap<String, Signal> signals, About about) {
        boolean decided = !before.decision().equals(Optional.of(verdict.decision()))
                || !before.openWarnings()
                        .equals(List.copyOf(verdict.openWarnings().keySet()))
                || !before.sinkNames().equals(verdict.sinkNames());
        long revision = before.revision() + (decided ? 1 : 0);
        List<Publication> publications = new ArrayList<>();
        if (decided) {
            publications.add(new Publication.OfDecision(
                    revision, verdict.decision(), verdict.warningNames(), verdict.sinkNames(), about));
        }
        Comparison comparison = new Comparison(before, verdict, about, revision, publications);
        var warnings = comparison.warnings();
        var lastSignals = comparison.signals(signals);
        return publications.isEmpty()
                ? new Difference(publications, before)
                : new Difference(
                        publications, new Published(revision, Optional.of(verdict.decision()), warnings, lastSignals));
    }

    /// Diffs warnings and signals and adds the publications.
    private record Comparison(
            Published before, Verdict verdict, About about, long revision, List<Publication> publications) {
        SortedMap<WarningCode, Optional<Incident>> warnings() {
            SortedMap<WarningCode, Optional<Incident>> changed = new TreeMap<>();
            for (WarningCode code : before.openWarnings()) {
                if (!verdict.openWarnings().containsKey(code)) {
                    publications.add(cleared(before, code, verdict.standing(), about));
                    changed.put(code, Optional.empty());
                }
            }
            for (OpenWarning open : verdict.openWarnings().values()) {
                WarningCode code = open.code();
                Optional<Incident> standing = before.warnings().getOrDefault(code, Optional.empty());
                if (standing.isPresent() && standing.get().matches(open)) {
                    continue;
                }
                Incident next = standing.map(incident -> incident.updated(open))
                        .orElseGet(() -> Incident.raised(open, revision, about.cause()));
                publications.add(OfWarning.open(about, code, next, open.message(about.environment())));
                changed.put(code, Optional.of(next));
            }
            return with(changed, before.warnings());
        }

        SortedMap<String, Signal> signals(SortedMap<String, Signal> signals) {
            SortedMap<String, Signal> changed = new TreeMap<>();
            for (Map.Entry<String, Signal> next : signals.entrySet()) {
                Signal signal = next.getValue();
                Signal last = before.signals().get(next.getKey());
                if (last == null || !last.isEquivalentTo(signal)) {
                    changed.put(next.getKey(), signal);
                    Rule reason = signal.suppresses() ? verdict.whySuppressed() : verdict.whyAllowed();
                    publications.add(new Publication.OfSignal(next.getKey(), signal, reason, revision, about));
                }
            }
            return with(changed, before.signals());
        }
    }

    private static Publication cleared(Published before, WarningCode code, Standing standing, About about) {
        Incident open = before.warnings().get(code).orElseThrow();
        return OfWarning.cleared(about, code, open, code.clearedMessage(standing, about.environment()));
    }

    /// These entries, and the standing entries under other keys.
    private static <K, V> SortedMap<K, V> with(SortedMap<K, V> changed, SortedMap<K, V> standing) {
        if (changed.isEmpty()) {
            return standing;
        }
        standing.forEach((key, value) -> changed.putIfAbsent(key, value));
        return changed;
    }

    /// Clears open warnings first: a tombstone alone would leave tickets open.
    private static Difference retractAll(Published before, About about) {
        List<Publication> publications = new ArrayList<>();
        before.openWarnings().forEach(code -> publications.add(cleared(before, code, Standing.DELETED, about)));
        publications.addAll(
                retraction(before, about.tenantId(), about.environmentId().orElseThrow()));
        return new Difference(publications, Published.nothingAfter(before.revision()));
    }

    /// The tombstones for all standing records.
    public static List<Publication> retraction(Published before, TenantId tenant, EnvironmentId environment) {
        List<Publication> tombstones = new ArrayList<>();
        String key = Publication.decisionKey(tenant, environment);
        if (before.decision().isPresent()) {
            tombstones.add(new Retraction(tenant, Kind.DECISION, key));
        }
        before.warnings()
                .keySet()
                .forEach(code -> tombstones.add(new Retraction(tenant, Kind.WARNING, key + "/" + code)));
        before.signals()
                .keySet()
                .forEach(sink -> tombstones.add(new Retraction(tenant, Kind.SUPPRESSION, key + "/" + sink)));
        return tombstones;
    }
}
