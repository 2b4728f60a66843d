package io.keyward.console.answer;

import io.keyward.console.replica.DueGroup;
import io.keyward.console.replica.DueQuery;
import io.keyward.console.replica.Page;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.Decider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What falls due, as a calendar shows it.
///
/// @param entries in the order of a [DeadlineList]
/// @param leftOut how many due dates there are beside these
public record Agenda(List<DueDateEntry> entries, long leftOut, Instant asOf) {
    /// @param query from which page on
    /// @param limit how many entries there are at most
    static Agenda of(ReplicaView view, Decider decider, DueQuery query, int limit) {
        List<DueGroup> shown = new ArrayList<>();
        long leftOut = 0;
        Optional<String> after = query.after();
        do {
            Page<DueGroup> page = view.dueDates(query.after(after));
            int fits = Math.min(limit - shown.size(), page.entries().size());
            shown.addAll(page.entries().subList(0, fits));
            leftOut += page.entries().stream()
                    .skip(fits)
                    .mapToLong(group -> Math.max(1, group.environments()))
                    .sum();
            after = page.next();
        } while (after.isPresent());
        return new Agenda(
                DueDates.entries(shown, decider, view),
                leftOut,
                view.freshness().asOf());
    }
}
