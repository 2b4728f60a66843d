package io.keyward.console.whatif;

import io.keyward.domain.event.Event;
import io.keyward.domain.fact.VersionPeriod;
import io.keyward.topology.DryRun;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.store.TenantReader;
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
    private record Attempt(List<Event> opposites, List<Event> enabling, List<ChangedPart> changes, List<String> gaps) {
        boolean isWhole() {
            return changes.stream().allMatch(ChangedPart::passing);
        }
    }

    /// Whether and how the event that was decided last can be undone.
    Undo find(DryRun.Outcome.Decided decided) {
        if (!after.isChangedSinceMark()) {
            return UndoWords.nothingToUndo();
        }
        Event event = decided.event();
        TenantReader before = after.atMark(event.tenantId());
        List<ChangedPart> effects = trial(decided).changes();
        // Later than the event, because an earlier or equal time loses against it.
        Instant at = VersionPeriod.later(now, event.occurredAt())
                .truncatedTo(ChronoUnit.MILLIS)
                .plusMillis(1);
        Opposites opposites = new Opposites(event, before, at);
        List<Attempt> attempts = new ArrayList<>();
        for (List<Event> candidate : opposites.candidates()) {
            attempt(candidate, opposites, trial(decided)).ifPresent(attempts::add);
        }
        return attempts.stream()
                .min(Comparator.comparingInt((Attempt attempt) -> attempt.isWhole() ? 0 : 1)
                        .thenComparingInt(attempt -> attempt.changes().size()))
                .filter(best -> best.isWhole() || ChangedPart.mended(effects, best.changes()))
                .map(UndoFinder::undo)
                .orElseGet(() -> UndoWords.impossible(event, effects));
    }

    /// How many environments all trials have decided.
    int environments() {
        return environments;
    }

    private UndoTrial trial(DryRun.Outcome.Decided decided) {
        UndoTrial trial = new UndoTrial(dryRun, decided.event().tenantId(), after);
        trial.touch(decided.outputs());
        return trial;
    }

    private Optional<Attempt> attempt(List<Event> candidate, Opposites opposites, UndoTrial trial) {
        boolean taken = trial.send(candidate);
        List<Event> enabling = taken ? opposites.runtimesEnabled(trial.recoverable(), trial.now()) : List.of();
        taken = taken && trial.send(enabling);
        environments += trial.environments();
        return taken ? Optional.of(new Attempt(candidate, enabling, trial.changes(), trial.gaps())) : Optional.empty();
    }

    private static Undo undo(Attempt best) {
        boolean whole = best.isWhole();
        List<String> remains = UndoWords.sentences(whole ? List.of() : best.changes());
        remains.addAll(UndoWords.bounded(best.gaps()));
        return new Undo(
                whole ? Undo.Possible.YES : Undo.Possible.PARTLY,
                Stream.concat(best.opposites().stream(), best.enabling().stream())
                        .limit(Undo.MOST_LINES)
                        .map(event -> EventLine.write(event, WhatIf.SOURCE))
                        .toList(),
                best.opposites().size() + (long) best.enabling().size(),
                UndoWords.possible(
                        best.opposites(), best.enabling(), whole, best.changes().isEmpty()),
                remains);
    }
}
