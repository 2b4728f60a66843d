package io.keyward.domain.decision;

import io.keyward.domain.fact.VersionPeriod;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What must be published so that readers know the new verdict, and what they know then (R15).
///
/// If nothing changed, nothing is published. All publications, applied in order, give exactly the last verdict.
public record Difference(List<Publication> publications, Published published) {
    public Difference {
        publications = List.copyOf(publications);
    }

    /// The environment of the verdict, the profile that it rests on, and its cause.
    public record About(TenantId tenantId, EnvironmentName environment, String ruleProfile, Cause cause) {
        EnvironmentId environmentId() {
            return environment.id();
        }
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
        List<Publication> publications = new ArrayList<>();
        boolean decided = !before.decision().equals(Optional.of(verdict.decision()))
                || !before.warningNames().equals(verdict.warningNames())
                || !before.sinkNames().equals(verdict.sinkNames());
        long revision = before.revision() + (decided ? 1 : 0);
        if (decided) {
            publications.add(new Publication.OfDecision(
                    about.tenantId(),
                    about.environmentId(),
                    about.environment().displayName(),
                    revision,
                    verdict.decision(),
                    verdict.warningNames(),
                    verdict.sinkNames(),
                    about.ruleProfile(),
                    about.cause()));
        }
        Map<WarningCode, Instant> raisedBefore = endFormer(before, about, publications);
        var warnings = warnings(before, verdict, raisedBefore, about, revision, publications);
        var told = signals(before, verdict, signals, about, revision, publications);
        return publications.isEmpty()
                ? new Difference(publications, before)
                : new Difference(
                        publications,
                        new Published(
                                revision,
                                Optional.of(verdict.decision()),
                                warnings,
                                Published.NOTHING.formerWarnings(),
                                told));
    }

    /// Clears and retracts the records under keys with a subject, which no release from 0.2.0 on writes. Returns since
    /// when the warnings that go on under a key without one have been open. It is the only time that something is
    /// cleared in order to be raised again.
    private static Map<WarningCode, Instant> endFormer(Published before, About about, List<Publication> publications) {
        if (before.formerWarnings().isEmpty()) {
            return Map.of();
        }
        Map<WarningCode, Instant> raised = new EnumMap<>(WarningCode.class);
        before.formerWarnings().forEach((name, at) -> {
            int end = name.indexOf('/');
            WarningCode code = WarningCode.valueOf(name.substring(0, end));
            String subject = name.substring(end + 1);
            at.ifPresent(since -> {
                raised.merge(code, since, VersionPeriod::earlier);
                Incident ends = new Incident(IncidentId.NONE, 2, since, code.severity(), List.of(subject), 1, 0);
                publications.add(warning(
                        about,
                        code,
                        Optional.of(subject),
                        ends,
                        "This warning is told without its subject in the key from now on, if it goes on.",
                        Optional.of(VersionPeriod.later(since, about.cause().occurredAt()))));
            });
            publications.add(new Publication.Retraction(
                    about.tenantId(),
                    Publication.Kind.WARNING,
                    Publication.decisionKey(about.tenantId(), about.environmentId()) + "/" + name));
        });
        return raised;
    }

    private static SortedMap<WarningCode, Optional<Incident>> warnings(
            Published before,
            Verdict verdict,
            Map<WarningCode, Instant> raisedBefore,
            About about,
            long revision,
            List<Publication> publications) {
        SortedMap<WarningCode, Optional<Incident>> changed = new TreeMap<>();
        for (WarningCode code : before.openWarnings()) {
            if (!verdict.openWarnings().containsKey(code)) {
                Incident open = before.warnings().get(code).orElseThrow();
                publications.add(cleared(about, code, open, verdict.standing()));
                changed.put(code, Optional.empty());
            }
        }
        for (OpenWarning open : verdict.openWarnings().values()) {
            WarningCode code = open.code();
            Optional<Incident> standing = before.warnings().getOrDefault(code, Optional.empty());
            if (standing.isPresent() && standing.get().tells(open)) {
                continue;
            }
            Incident next = standing.map(incident -> incident.updated(open, revision, about.cause()))
                    .orElseGet(
                            () -> Incident.raised(open, revision, about.cause()).since(raisedBefore.get(code)));
            publications.add(
                    warning(about, code, Optional.empty(), next, open.message(about.environment()), Optional.empty()));
            changed.put(code, Optional.of(next));
        }
        return with(changed, before.warnings());
    }

    /// It repeats severity and subjects of the last record.
    private static Publication cleared(About about, WarningCode code, Incident open, Standing standing) {
        return warning(
                about,
                code,
                Optional.empty(),
                open.next(),
                code.clearedMessage(standing, about.environment()),
                Optional.of(VersionPeriod.later(open.raisedAt(), about.cause().occurredAt())));
    }

    private static Publication warning(
            About about,
            WarningCode code,
            Optional<String> formerSubject,
            Incident incident,
            String message,
            Optional<Instant> clearedAt) {
        return new Publication.OfWarning(
                about.tenantId(),
                Optional.of(about.environmentId()),
                about.environment().displayName(),
                code,
                formerSubject,
                incident,
                message,
                clearedAt,
                about.ruleProfile(),
                about.cause());
    }

    private static SortedMap<String, Signal> signals(
            Published before,
            Verdict verdict,
            SortedMap<String, Signal> signals,
            About about,
            long revision,
            List<Publication> publications) {
        SortedMap<String, Signal> changed = new TreeMap<>();
        for (Map.Entry<String, Signal> next : signals.entrySet()) {
            String sink = next.getKey();
            Signal signal = next.getValue();
            Signal told = before.signals().get(sink);
            if (told == null || !told.saysAsMuchAs(signal)) {
                changed.put(sink, signal);
                publications.add(new Publication.OfSignal(
                        about.tenantId(),
                        about.environmentId(),
                        sink,
                        signal,
                        signal.suppresses() ? verdict.whySuppressed() : verdict.whyAllowed(),
                        revision,
                        about.ruleProfile(),
                        about.cause()));
            }
        }
        return with(changed, before.signals());
    }

    /// These entries, and those that stand under other keys.
    private static <K, V> SortedMap<K, V> with(SortedMap<K, V> changed, SortedMap<K, V> standing) {
        if (changed.isEmpty()) {
            return standing;
        }
        standing.forEach((key, value) -> changed.putIfAbsent(key, value));
        return changed;
    }

    /// What is open is cleared first: a tombstone alone would leave tickets open.
    private static Difference retractAll(Published before, About about) {
        List<Publication> publications = new ArrayList<>();
        before.warnings()
                .forEach((code, standing) ->
                        standing.ifPresent(open -> publications.add(cleared(about, code, open, Standing.DELETED))));
        publications.addAll(retraction(before, about.tenantId(), about.environmentId()));
        return new Difference(
                publications,
                new Published(
                        before.revision(),
                        Optional.empty(),
                        Published.NOTHING.warnings(),
                        Published.NOTHING.formerWarnings(),
                        Published.NOTHING.signals()));
    }

    /// The tombstones for all records that stand.
    public static List<Publication> retraction(Published before, TenantId tenant, EnvironmentId environment) {
        List<Publication> tombstones = new ArrayList<>();
        String key = Publication.decisionKey(tenant, environment);
        if (before.decision().isPresent()) {
            tombstones.add(new Publication.Retraction(tenant, Publication.Kind.DECISION, key));
        }
        Stream.of(before.warnings(), before.formerWarnings())
                .flatMap(records -> records.keySet().stream())
                .forEach(name ->
                        tombstones.add(new Publication.Retraction(tenant, Publication.Kind.WARNING, key + "/" + name)));
        before.signals()
                .keySet()
                .forEach(sink -> tombstones.add(
                        new Publication.Retraction(tenant, Publication.Kind.SUPPRESSION, key + "/" + sink)));
        return tombstones;
    }
}
