package io.keyward.vault.watch;

import io.keyward.domain.event.WatchStatus;
import io.keyward.domain.id.KeyId;
import io.keyward.topology.store.TenantKeyReference;
import io.keyward.vault.watch.WatchReport.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Decides what to publish of how well each key is watched: each change, and the same again once a day, because the
/// topic keeps nothing for longer than two days. Confined to one thread.
final class WatchReports {
    private static final Duration REPEAT = Duration.ofDays(1);

    private final Map<Integer, Map<Subject, Published>> published = new HashMap<>();

    /// @param status empty if it is not known what stands published
    private record Published(Optional<WatchStatus> status, Instant at) {
        static final Published UNKNOWN = new Published(Optional.empty(), Instant.MIN);

        boolean holds(WatchStatus now, Instant moment) {
            return status.equals(Optional.of(now)) && moment.isBefore(at.plus(REPEAT));
        }
    }

    /// Determines what to publish now. It counts as published unless it is reported as [#failed].
    ///
    /// @param partitions the keys in use in each partition of this instance; other instances publish about others
    List<WatchReport> changes(
            Map<Integer, Set<TenantKeyReference>> partitions,
            Function<KeyId, Optional<WatchStatus>> states,
            Instant now) {
        List<WatchReport> changes = new ArrayList<>();
        published.keySet().retainAll(partitions.keySet());
        partitions.forEach((partition, keys) -> {
            Set<Subject> used = keys.stream()
                    .map(use -> new Subject(use.tenant(), use.key().key()))
                    .collect(Collectors.toSet());
            Map<Subject, Published> known = published.computeIfAbsent(partition, _ -> new HashMap<>());
            known.keySet().stream()
                    .filter(subject -> !used.contains(subject))
                    .forEach(subject -> changes.add(report(partition, subject, Optional.empty())));
            known.keySet().retainAll(used);
            used.forEach(subject -> states.apply(subject.key())
                    .filter(status ->
                            !known.getOrDefault(subject, Published.UNKNOWN).holds(status, now))
                    .ifPresent(status -> {
                        known.put(subject, new Published(Optional.of(status), now));
                        changes.add(report(partition, subject, Optional.of(status)));
                    }));
        });
        return changes;
    }

    private static WatchReport report(int partition, Subject subject, Optional<WatchStatus> status) {
        return new WatchReport(partition, subject.tenant(), subject.key(), status);
    }

    /// A report may not have arrived, so it is published again.
    void failed(WatchReport report) {
        published.computeIfPresent(report.partition(), (_, known) -> {
            known.put(report.subject(), Published.UNKNOWN);
            return known;
        });
    }
}
