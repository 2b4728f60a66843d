package io.keyward.console.answer;

import io.keyward.console.replica.DueDate;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.Decider;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Composes an agenda of due dates that come in the order of time, and holds no more of them than are shown.
final class AgendaComposer {
    private final int limit;
    private final List<List<DueDate>> deletions = new ArrayList<>();
    private final List<List<DueDate>> others = new ArrayList<>();
    private final Map<Kept, List<DueDate>> retentions = new HashMap<>();
    private long all;

    AgendaComposer(int limit) {
        this.limit = limit;
    }

    private record Kept(TenantId tenant, Optional<KeyReference> key, Instant day) {}

    void add(DueDate due) {
        all++;
        if (due.kind() == DueDate.Kind.DELETION) {
            entry(deletions).ifPresent(entry -> entry.add(due));
        } else if (due.kind() == DueDate.Kind.RETENTION_END) {
            Kept kept = new Kept(due.tenantId(), due.key(), due.at().truncatedTo(ChronoUnit.DAYS));
            if (!retentions.containsKey(kept)) {
                entry(others).ifPresent(entry -> retentions.put(kept, entry));
            }
            Optional.ofNullable(retentions.get(kept)).ifPresent(entry -> entry.add(due));
        } else {
            entry(others).ifPresent(entry -> entry.add(due));
        }
    }

    private Optional<List<DueDate>> entry(List<List<DueDate>> entries) {
        if (entries.size() == limit) {
            return Optional.empty();
        }
        entries.add(new ArrayList<>());
        return Optional.of(entries.getLast());
    }

    Agenda compose(Decider decider, ReplicaView view) {
        List<List<DueDate>> shown =
                Stream.concat(deletions.stream(), others.stream()).limit(limit).toList();
        return new Agenda(
                shown.stream()
                        .flatMap(dates -> DueDates.together(dates, decider, view).stream())
                        .toList(),
                all - shown.stream().mapToInt(List::size).sum(),
                view.freshness().asOf());
    }
}
