package io.keyward.console.web;

import io.keyward.console.answer.EnforcementAnswer.ComponentState;
import io.keyward.console.answer.EnforcementAnswer.Part;
import io.keyward.console.answer.EnvironmentAnswer;
import io.keyward.console.answer.ReportedItems;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.EnforcementReport.Items;
import io.keyward.domain.event.EnforcementReport.Phase;
import io.keyward.domain.id.KeyReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is reported about one component, for the page of an environment.
///
/// @param late whether there is a warning that this component is late
/// @param bar the items by key, those as desired first
record ComponentRow(ComponentState state, boolean late, StackedBar bar) {
    static List<ComponentRow> of(EnvironmentAnswer answer) {
        return answer.enforcement().components().stream()
                .map(state -> new ComponentRow(state, isLate(answer, state), bar(state)))
                .toList();
    }

    private static boolean isLate(EnvironmentAnswer answer, ComponentState state) {
        return answer.warnings().stream()
                .anyMatch(warning -> warning.code().equals(WarningCode.ENFORCEMENT_LATE.name())
                        && warning.details()
                                .subjects()
                                .contains(state.component().name()));
    }

    private static StackedBar bar(ComponentState state) {
        return new StackedBar(state.items().stream()
                .sorted(Comparator.comparing(items -> !isDesired(state, items)))
                .map(items -> new StackedBar.Share(tone(state, items), words(items.key()), items.count()))
                .toList());
    }

    private static Tone tone(ComponentState state, Items items) {
        if (state.status().isEmpty()) {
            return items.key().isEmpty() ? Tone.QUIET : Tone.INFO;
        }
        if (isDesired(state, items)) {
            return Tone.GOOD;
        }
        if (items.key().isEmpty()) {
            return Tone.QUIET;
        }
        return state.unexpectedKeys().contains(items.key().get()) ? Tone.ERROR : Tone.WARNING;
    }

    /// A desired key without a version stands for any of its versions.
    private static boolean isDesired(ComponentState state, Items items) {
        return state.desired().equals(items.key())
                || items.key()
                        .filter(under -> state.desired().equals(Optional.of(under.wholeKey())))
                        .isPresent();
    }

    private static String words(Optional<KeyReference> key) {
        return key.map(under -> under.key().keyName()
                        + under.version().map(v -> " version " + v).orElse(""))
                .orElse("Microsoft-managed key");
    }

    /// The key that all of it should be under, in words.
    String desired() {
        return words(state.desired());
    }

    boolean isEnforced() {
        return state.status().equals(Optional.of(EnforcementStatus.ENFORCED));
    }

    /// The bar in words: how much of it is as desired.
    String sentence() {
        long all = sum(state.items());
        List<Items> desired =
                state.items().stream().filter(items -> isDesired(state, items)).toList();
        return state.status().isEmpty()
                ? "Items by key."
                : StackedBar.percent(sum(desired), all) + " of the items that are reported are under the "
                        + (state.desired().isEmpty() ? "" : "key ") + desired() + ".";
    }

    private static long sum(List<Items> items) {
        return items.stream().mapToLong(Items::count).reduce(0, ReportedItems::sum);
    }

    /// Such as `3 parts, 1 of which has not reported`.
    String summary() {
        long parts = state.parts().size();
        long silent =
                state.parts().stream().filter(part -> part.latest().isEmpty()).count();
        String number = parts == 1 ? "1 part" : parts + " parts";
        return silent == 0 ? number : number + ", " + silent + " not reported";
    }

    /// Whether the parts are initially shown: if items failed, which somebody must fix.
    boolean open() {
        return state.failedCount() > 0;
    }

    static String name(Part part) {
        return part.part().isEmpty() ? "The only part" : part.part();
    }

    /// A report in words, without its time.
    static String words(EnforcementReport report) {
        List<String> words = new ArrayList<>();
        words.add(words(report.phase()));
        if (!report.complete()) {
            words.add("not all items counted");
        }
        if (report.failedCount() > 0) {
            words.add(report.failedCount() == 1 ? "1 item failed" : report.failedCount() + " items failed");
        }
        if (!report.items().isEmpty()) {
            words.add(report.items().stream()
                    .map(items -> items.count() + " under " + words(items.key()))
                    .collect(Collectors.joining(", ")));
        }
        return String.join("; ", words);
    }

    private static String words(Phase phase) {
        return switch (phase) {
            case RUNNING -> "the change is running";
            case SUCCEEDED -> "the change has succeeded";
            case FAILED -> "the change has failed";
            case UNKNOWN -> "the progress of the change is not known";
        };
    }
}
