package io.keyward.domain;

import io.keyward.domain.decision.ComponentEnforcement;
import io.keyward.domain.decision.ComponentEnforcement.Part;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Protection;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PartName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Composes the sentences about what the rules on enforcement found in an environment (R28–R32).
record EnforcementReasons(Situation s, Verdict verdict) {
    /// What was reported (R28).
    String reported() {
        return each((_, of) -> reported(of, of.latest(_ -> true)));
    }

    /// What is desired, and which part of it reports do not show (R29).
    String compared() {
        return each((_, of) -> Stream.of(of)
                .filter(ComponentEnforcement::assessed)
                .map(it -> it.status() == EnforcementStatus.ENFORCED ? shown(it) : missing(it)));
    }

    /// What is late or has failed (R30).
    String lateOrFailed() {
        return each((component, of) -> Stream.concat(late(component, of), failed(of)));
    }

    /// What has left its key, or is under a key that nothing explains (R31).
    String astray() {
        return each((_, of) -> Stream.concat(drifted(of), unexpected(of)));
    }

    /// What is not claimed because it is not shown (R32).
    String notClaimed() {
        return each((component, _) -> notClaimed(component));
    }

    /// Components with the same sentence are named together.
    private String each(BiFunction<Component, ComponentEnforcement, Stream<String>> sentences) {
        Map<String, List<String>> titles = new LinkedHashMap<>();
        verdict.enforcement()
                .forEach((component, of) -> sentences
                        .apply(component, of)
                        .forEach(sentence -> titles.computeIfAbsent(sentence, _ -> new ArrayList<>())
                                .add(component.title())));
        return titles.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
                .collect(Collectors.joining(" "));
    }

    private static Stream<String> reported(ComponentEnforcement of, List<PartReports.Stated> latest) {
        if (latest.isEmpty()) {
            return Stream.empty();
        }
        String items = items(latest.stream()
                .flatMap(stated -> stated.report().items().stream())
                .toList());
        return Stream.of(latest.size() + " of " + of.parts().size() + " known parts have reported, the last one on "
                + Sentences.last(latest) + ". Items: " + (items.isEmpty() ? "none" : items) + ".");
    }

    private static String items(List<EnforcementReport.Items> items) {
        TreeMap<String, Long> counts = new TreeMap<>();
        items.forEach(each -> counts.merge(Sentences.key(each.key()), each.count(), EnforcementTexts::sum));
        return counts.entrySet().stream()
                .map(each -> each.getValue() + " under " + each.getKey())
                .collect(Collectors.joining(", "));
    }

    private String shown(ComponentEnforcement of) {
        return desired(of) + " All parts have shown it, the last one on " + Sentences.last(of.latest(_ -> true)) + ".";
    }

    private String missing(ComponentEnforcement of) {
        List<String> parts = of.parts().stream()
                .filter(part -> part.status() != EnforcementStatus.ENFORCED)
                .map(EnforcementReasons::named)
                .toList();
        String missing = " Reports do not show it for " + Sentences.some(parts) + ".";
        if (of.parts().isEmpty()) {
            missing = " No part has reported.";
        } else if (parts.isEmpty()) {
            missing = " More than " + ComponentReports.CAPACITY
                    + " parts have reported. Reports of so many parts cannot show it.";
        }
        return desired(of)
                + missing
                + of.lateFrom()
                        .map(from -> " The deadline is " + Sentences.date(from) + ".")
                        .orElse("");
    }

    /// Two sentences, the first without a capital letter: under which key the component should be, since when, and
    /// what happened then.
    private String desired(ComponentEnforcement of) {
        return "all items should be under " + Sentences.key(of.desired()) + ". This has been desired since "
                + Sentences.date(of.desiredSince()) + ", when " + happened(of) + ".";
    }

    private String happened(ComponentEnforcement of) {
        Instant since = of.desiredSince();
        Optional<KeyPeriod> period = s.history().keyPeriod();
        if (of.desired().flatMap(KeyReference::version).isPresent()
                && since.equals(s.keyPeriod().versionInForceSince())) {
            return "that version came into force";
        }
        if (period.filter(p -> p.since().equals(since)).isPresent()) {
            return "the data came under the customer-managed key";
        }
        if (since.equals(s.lastUnlocked())) {
            return "the last lock ended";
        }
        if (s.enabledSince().equals(Optional.of(since))) {
            return "the environment was enabled";
        }
        return period.isEmpty()
                ? "the data left the customer-managed key"
                : "30 days had passed since the migration of flows ended";
    }

    private static String named(Part part) {
        String status = switch (part.status()) {
            case ENFORCED -> "";
            case UNREPORTED -> "no later report";
            case IN_PROGRESS -> "in progress";
            case DRIFTED -> "drifted";
            case FAILED -> "failed";
        };
        String dated = part.reports()
                .map(reports ->
                        ", last reported on " + Sentences.date(reports.latest().at()))
                .orElse("");
        return name(part.name()) + " (" + status + dated + ")";
    }

    private static String name(PartName part) {
        return part.equals(PartName.ONLY) ? "its only part" : "the part " + part;
    }

    private Stream<String> late(Component component, ComponentEnforcement of) {
        return verdict.warnsOf(component, WarningCode.ENFORCEMENT_LATE)
                ? of.lateFrom().stream()
                        .map(from -> "late. Reports should have shown by " + Sentences.date(from)
                                + " that all items are under " + Sentences.key(of.desired()) + ".")
                : Stream.empty();
    }

    private static Stream<String> failed(ComponentEnforcement of) {
        return of.latest(part -> part.status() == EnforcementStatus.FAILED).stream()
                .map(latest -> "the report of " + Sentences.date(latest.at()) + " says that " + failure(latest.report())
                        + ".");
    }

    private static String failure(EnforcementReport report) {
        String items = report.failedCount() + (report.failedCount() == 1 ? " item" : " items");
        if (report.phase() != EnforcementReport.Phase.FAILED) {
            return items + " failed";
        }
        return "the change failed" + (report.failedCount() == 0 ? "" : ", with " + items);
    }

    private static Stream<String> drifted(ComponentEnforcement of) {
        return of.parts().stream().filter(Part::drifted).map(part -> {
            PartReports reports = part.reports().orElseThrow();
            return name(part.name()) + " has left " + Sentences.key(of.desired()) + ". The report of "
                    + Sentences.date(reports.lastClean().orElseThrow().at())
                    + " showed all its items under that key. The report of "
                    + Sentences.date(reports.latest().at()) + " counts " + items(part.strayed()) + ".";
        });
    }

    private static Stream<String> unexpected(ComponentEnforcement of) {
        return of.unexpectedKeys().isEmpty()
                ? Stream.empty()
                : Stream.of((of.policyInEffect() ? "" : "no policy with a customer-managed key is in effect, and ")
                        + "the latest reports count items under keys that no known policy explains: "
                        + Sentences.some(of.unexpectedKeys().stream()
                                .map(KeyReference::toString)
                                .toList())
                        + ".");
    }

    private Stream<String> notClaimed(Component component) {
        return Optional.ofNullable(verdict.decision().components().get(component)).stream()
                .filter(decided -> decided.reason() == Rule.R32)
                .map(decided -> "since " + Sentences.date(s.keyPeriod().since()) + ", "
                        + (decided.protection() == Protection.MIXED
                                ? "reports show only some items under the key "
                                : "no report shows items under the key ")
                        + s.keyPeriod().key() + ".");
    }
}
