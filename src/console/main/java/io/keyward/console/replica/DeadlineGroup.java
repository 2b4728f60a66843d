package io.keyward.console.replica;

import io.keyward.domain.id.EnvironmentId;
import java.util.List;
import java.util.Optional;

/// What a list shows as one entry: the ends of retention of one key or version of a tenant on one day, or any
/// other single deadline.
///
/// @param due for several, the last time of that day, without an environment
/// @param environmentIds the environments that it concerns, at most [#NAMED]; none for the expiry of a key
/// @param environments how many environments it concerns
public record DeadlineGroup(Deadline due, List<EnvironmentId> environmentIds, long environments) {
    public static final int NAMED = 10;

    public DeadlineGroup {
        environmentIds = List.copyOf(environmentIds);
    }

    public static DeadlineGroup of(Deadline due) {
        List<EnvironmentId> one = due.environmentId().stream().toList();
        return new DeadlineGroup(due, one, one.size());
    }

    /// @param first the first deadlines, at most [#NAMED]
    static DeadlineGroup of(List<Deadline> first, Deadline last, long size) {
        if (size == 1) {
            return of(last);
        }
        return new DeadlineGroup(
                new Deadline(last.at(), last.kind(), last.tenantId(), Optional.empty(), last.key()),
                first.stream().flatMap(due -> due.environmentId().stream()).toList(),
                size);
    }
}
