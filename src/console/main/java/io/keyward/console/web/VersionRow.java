package io.keyward.console.web;

import io.keyward.console.answer.KeyAnswer;
import io.keyward.console.answer.KeyEnforcement;
import io.keyward.domain.decision.EnforcementStatus;
import java.time.Duration;
import java.util.List;

/// What is proven to be under one version of a key, for the page of the key.
///
/// @param bar the components that should be under it, by status
record VersionRow(KeyEnforcement.OfVersion version, StackedBar bar) {
    /// The best first, so that progress grows from the left.
    private static final List<EnforcementStatus> ORDER = List.of(
            EnforcementStatus.ENFORCED,
            EnforcementStatus.IN_PROGRESS,
            EnforcementStatus.UNREPORTED,
            EnforcementStatus.DRIFTED,
            EnforcementStatus.FAILED);

    static List<VersionRow> of(KeyAnswer answer) {
        return answer.enforcement().versions().stream()
                .map(version -> new VersionRow(version, StackedBar.of(ORDER, Sign::of, version.statuses())))
                .toList();
    }

    /// All items reported under the key, by version; the newest version has its own colour.
    static StackedBar items(KeyAnswer answer) {
        List<KeyEnforcement.OfVersion> versions = answer.enforcement().versions();
        return new StackedBar(versions.stream()
                .map(version -> new StackedBar.Share(
                        tone(answer, version),
                        version.keyVersion().map(name -> "Version " + name).orElse("No version"),
                        version.items()))
                .toList());
    }

    private static Tone tone(KeyAnswer answer, KeyEnforcement.OfVersion version) {
        return answer.versions().stream()
                .filter(known -> known.keyVersion().equals(version.keyVersion().orElse("")))
                .findFirst()
                .map(known -> switch (known.state()) {
                    case CURRENT -> Tone.GOOD;
                    case SUPERSEDED -> Tone.INFO;
                    case NEVER_CURRENT -> Tone.WARNING;
                })
                .orElse(Tone.WARNING);
    }

    String name() {
        return version.keyVersion().orElse("Any version");
    }

    /// The bar in words.
    String sentence() {
        long all = version.components().all();
        return StackedBar.percent(version.components().enforced(), all) + " of " + all
                + " components are proven to be under " + name() + ".";
    }

    /// How long it took, such as `half within 2 hours, the slowest after 3 days`.
    String lag() {
        return version.lag()
                .map(lag -> "half within " + Moment.amount(Duration.ofSeconds(lag.medianSeconds()))
                        + ", the slowest after " + Moment.amount(Duration.ofSeconds(lag.longestSeconds())))
                .orElse("");
    }
}
