package io.keyward.console.whatif;

import io.keyward.domain.event.Event;
import io.keyward.topology.DryRun;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds out whether an event can be undone, by trying its opposites.
final class UndoFinder {
    private final DryRun dryRun;
    private final StoreCopies after;
    private final Instant now;
    private int environments;

    /// @param after what is known after the event, with a mark before it
    UndoFinder(DryRun dryRun, StoreCopies after, Instant now) {
        this.dryRun = dryRun;
        this.after = after;
        this.now = now;
    }

    /// What was tried, and what differed from before the event in the end.
    ///
    /// @param enabling what enables runtimes again after the opposites
    private record Attempt(
            List<Event> opposites, List<Event> enabling, List<Deviation> deviations, List<String> gaps) {}

    /// Whether and how the event that was decided last can be undone.
    Undo find(DryRun.Outcome.Decided decided) {
        if (!after.isChangedSinceMark()) {
            return UndoWords.nothingToUndo();
        }
        Event event = decided.event();
        TenantRows before = after.atMark(event.tenantId());
        List<Deviation> effects = trial(before, decided).deviations();
        // Later than the event, because an earlier or equal time loses against it.
        Instant at =
                later(now, event.occurredAt()).truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
        Opposites opposites = new Opposites(event, before, at);
        List<Attempt> attempts = new ArrayList<>();
        for (List<Event> candidate : opposites.candidates()) {
            attempt(candidate, opposites, trial(before, decided)).ifPresent(attempts::add);
        }
        return attempts.stream()
                .min(Comparator.comparingInt(attempt -> attempt.deviations().size()))
                .filter(best -> best.deviations().isEmpty() || Deviation.mended(effects, best.deviations()))
                .map(UndoFinder::undo)
                .orElseGet(() -> UndoWords.impossible(event, effects));
    }

    /// How many environments all trials have decided.
    int environments() {
        return environments;
    }

    private UndoTrial trial(TenantRows before, DryRun.Outcome.Decided decided) {
        UndoTrial trial = new UndoTrial(dryRun, before, after);
        trial.touch(decided.outputs());
        return trial;
    }

    private Optional<Attempt> attempt(List<Event> candidate, Opposites opposites, UndoTrial trial) {
        boolean taken = trial.send(candidate);
        List<Event> enabling = taken ? opposites.runtimesEnabled(trial.recoverable(), trial.now()) : List.of();
        taken = taken && trial.send(enabling);
        environments += trial.environments();
        return taken
                ? Optional.of(new Attempt(candidate, enabling, trial.deviations(), trial.gaps()))
                : Optional.empty();
    }

    private static Undo undo(Attempt best) {
        boolean whole = best.deviations().isEmpty();
        List<String> remains = UndoWords.sentences(best.deviations());
        remains.addAll(best.gaps());
        return new Undo(
                whole ? Undo.Possible.YES : Undo.Possible.PARTLY,
                Stream.concat(best.opposites().stream(), best.enabling().stream())
                        .map(EventLines::json)
                        .toList(),
                UndoWords.possible(best.opposites(), best.enabling(), whole),
                remains);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
