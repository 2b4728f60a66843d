package io.keyward.domain.advice;

import static io.keyward.domain.advice.DisableBlocker.Code.IN_USE;
import static io.keyward.domain.advice.DisableBlocker.Code.UNPROVEN;

import io.keyward.domain.KeyPeriod;
import io.keyward.domain.KnownEnvironment;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.Sentences;
import io.keyward.domain.Situation;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PartName;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What reports show about one environment's use of a key, or of one version of it (R27).
///
/// Items that a latest report counts are there, whether or not the profile uses reports. If the profile uses them,
/// items that reports do not show to be gone may be there, too.
record ReportedUse(KnownEnvironment user, KeyReference target) {
    /// The components that can be under a customer key (R5, R7).
    private static final Set<Component> CAN_BE_UNDER_IT =
            EnumSet.complementOf(EnumSet.of(Component.NON_OAUTH_CONNECTIONS, Component.HOSTED_MACHINES));

    /// Whether a latest report counts items under the key, whichever version they are under.
    boolean usesKey() {
        return user.reports().components().values().stream()
                .flatMap(component -> component.parts().values().stream())
                .anyMatch(part -> !under(target.wholeKey(), part.latest()).isEmpty());
    }

    void addTo(BlockerList blockers, Situation situation) {
        addCounted(blockers);
        if (situation.profile().evidence() != RuleProfile.Evidence.IGNORE) {
            leftAt(situation).ifPresent(left -> addNotShown(blockers, left));
        }
    }

    /// For an environment about which too little is known for a verdict.
    void addOfUndecided(BlockerList blockers) {
        addCounted(blockers);
        blockers.add(
                UNPROVEN,
                "Items of %1$s are reported under the key %2$s, but neither its policies nor what else it holds is known.",
                target.key());
    }

    private void addCounted(BlockerList blockers) {
        user.reports().components().forEach((component, reports) -> {
            reports.parts().forEach((part, held) -> addCounted(blockers, component, part, held.latest()));
            if (reports.more()) {
                blockers.add(
                        UNPROVEN,
                        "More than %2$d parts of %3$s have reported, so not all of their reports are remembered.",
                        ComponentReports.CAPACITY,
                        name(component));
            }
        });
    }

    private void addCounted(BlockerList blockers, Component component, PartName part, PartReports.Stated latest) {
        List<String> keys = under(target, latest);
        if (!keys.isEmpty()) {
            blockers.add(
                    IN_USE,
                    "The latest report on %2$s, of %3$s, counts items under %4$s.",
                    name(component, part),
                    latest.at(),
                    Sentences.some(keys));
        }
    }

    /// The keys of the items of a report that match the target, each with its version.
    private static List<String> under(KeyReference target, PartReports.Stated stated) {
        return stated.report().items().stream()
                .map(EnforcementReport.Items::key)
                .flatMap(Optional::stream)
                .filter(key -> key.equals(target) || key.wholeKey().equals(target))
                .map(KeyReference::toString)
                .toList();
    }

    /// When the data left the target, as far as policies and rotations show. Empty if the target is or may be in
    /// use, which other reasons report, or if the data never was under the key.
    private Optional<Instant> leftAt(Situation situation) {
        Optional<KeyPeriod> present =
                situation.history().keyPeriod().filter(period -> period.key().equals(target.key()));
        if (present.isPresent()) {
            return present.map(period -> until(period, situation.asOf())).filter(until -> !until.equals(Instant.MAX));
        }
        return situation
                .history()
                .lastUnder(target.key())
                .map(last -> Instants.min(until(last.period(), situation.asOf()), last.left()));
    }

    private Instant until(KeyPeriod period, Instant asOf) {
        return target.version()
                .map(version -> period.versions().underUntil(version, asOf))
                .orElse(Instant.MAX);
    }

    private void addNotShown(BlockerList blockers, Instant left) {
        for (Component component : CAN_BE_UNDER_IT) {
            ComponentReports reports = user.reports().of(component);
            Set<PartName> parts = new TreeSet<>(reports.parts().keySet());
            parts.addAll(reports.knownNames());
            if (parts.isEmpty()) {
                addNotShown(blockers, left, name(component), "no report names a part of it");
            }
            for (PartName part : parts) {
                if (!isShown(reports.part(part), left)) {
                    addNotShown(
                            blockers,
                            left,
                            name(component, part),
                            "no later report shows all of it under another "
                                    + (target.version().isPresent() ? "version" : "key"));
                }
            }
        }
    }

    private void addNotShown(BlockerList blockers, Instant since, String name, String why) {
        blockers.add(
                UNPROVEN,
                "Whether %2$s has held items under %3$s since %4$s is not known: %5$s.",
                name,
                target,
                since,
                why);
    }

    private boolean isShown(Optional<PartReports> part, Instant left) {
        return part.flatMap(PartReports::clean)
                .filter(clean ->
                        clean.at().isAfter(left) && under(target, clean).isEmpty())
                .isPresent();
    }

    private String name(Component component) {
        return "the component " + component.title() + " of " + user.name();
    }

    private String name(Component component, PartName part) {
        return part.equals(PartName.ONLY) ? name(component) : "the part " + part + " of " + name(component);
    }
}
