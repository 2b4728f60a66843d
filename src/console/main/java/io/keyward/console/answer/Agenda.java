package io.keyward.console.answer;

import io.keyward.console.replica.DueDate;
import io.keyward.console.replica.DueGroup;
import io.keyward.console.replica.DueQuery;
import io.keyward.console.replica.Page;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.Decider;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What falls due, as a calendar shows it: deletions of one key's environments on one day are one entry.
///
/// @param entries in the order of a [DeadlineList]
/// @param leftOut how many due dates of each kind there are beside these
public record Agenda(List<DueDateEntry> entries, Map<DueDate.Kind, Long> leftOut, Instant asOf) {
    /// @param query from which page on
    /// @param limit how many entries there are at most
    static Agenda of(ReplicaView view, Decider decider, DueQuery query, int limit) {
        Map<Object, DueGroup> shown = new LinkedHashMap<>();
        Map<DueDate.Kind, Long> leftOut = new EnumMap<>(DueDate.Kind.class);
        Optional<String> after = query.after();
        do {
            Page<DueGroup> page = view.dueDates(query.after(after));
            for (DueGroup group : page.entries()) {
                Object entry = entry(group);
                if (shown.containsKey(entry) || shown.size() < limit) {
                    shown.merge(entry, group, DueGroup::and);
                } else {
                    leftOut.merge(group.due().kind(), dates(group), Long::sum);
                }
            }
            after = page.next();
        } while (after.isPresent());
        return new Agenda(
                DueDates.entries(List.copyOf(shown.values()), decider, view),
                leftOut,
                view.freshness().asOf());
    }

    /// Equal for what is one entry.
    private static Object entry(DueGroup group) {
        DueDate due = group.due();
        return due.kind() == DueDate.Kind.DELETION
                ? List.of(due.tenantId(), due.key(), due.at().truncatedTo(ChronoUnit.DAYS))
                : group;
    }

    /// How many due dates a group is.
    public static long dates(DueGroup group) {
        return Math.max(1, group.environments());
    }
}
