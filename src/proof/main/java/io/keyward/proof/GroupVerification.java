package io.keyward.proof;

import io.keyward.client.Topic;
import io.keyward.kafka.Stopwatch;
import io.keyward.topology.contract.TopicSchemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Verifies a group of partitions in rounds, as [StateVerification] says. For one thread, once.
final class GroupVerification {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Subject subject;
    private final GroupRecords records;
    private final TenantCheck check;
    private final Duration patience;
    private final SuspectedDiscrepancies suspects = new SuspectedDiscrepancies();
    private final Map<Integer, Unverifiable> obstacles = new HashMap<>();
    private final Map<Integer, Unverifiable> givenUp = new HashMap<>();

    /// @param patience how long to wait for what is only partly visible, and for fan-outs
    GroupVerification(Subject subject, TopicLayout layout, Duration patience) {
        this.subject = subject;
        this.records = new GroupRecords(subject, layout);
        this.check = new TenantCheck(
                subject,
                new OutputRecords(TopicSchemas.reader(subject.registry(), Topic.withSchema(Topic.Direction.OUT))));
        this.patience = patience;
    }

    Report verify(GroupLog log) {
        log.readToEnd(records::take);
        Stopwatch stopwatch = Stopwatch.start();
        check(records.tenants(), true);
        Report counts = Report.joined(
                records.tenants().stream().map(TenantRecords::counts).toList());
        while (suspects.any() || !obstacles.isEmpty()) {
            boolean last = stopwatch.hasReached(patience);
            log.readToEnd(records::take);
            List<TenantRecords> again = records.tenants().stream()
                    .filter(tenant -> !givenUp.containsKey(tenant.partition()))
                    .filter(tenant -> suspects.concern(tenant.id()) || obstacles.containsKey(tenant.partition()))
                    .toList();
            check(again, false);
            if (last) {
                break;
            }
            if (suspects.any()) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        return report(log, counts);
    }

    /// Checks tenants, but not those in partitions that other rules decided. If the next round finds the same, it
    /// is not a partly visible transaction, and they are reported as unverifiable.
    private void check(Collection<TenantRecords> tenants, boolean first) {
        Map<Integer, PartitionRows> partitions = new HashMap<>();
        for (TenantRecords tenant : tenants) {
            int partition = tenant.partition();
            PartitionRows rows = partitions.computeIfAbsent(partition, p -> PartitionRows.of(records, p, subject));
            if (rows.obstacle().isEmpty()) {
                suspects.update(
                        tenant.id(), check.discrepancies(tenant, rows), first || obstacles.containsKey(partition));
            }
        }
        Map<Integer, Unverifiable> before = Map.copyOf(obstacles);
        obstacles.clear();
        partitions.forEach((partition, rows) -> rows.obstacle()
                .ifPresent(reason -> (before.containsKey(partition) ? givenUp : obstacles).put(partition, reason)));
    }

    private Report report(GroupLog log, Report counts) {
        RecordFindings ofRecords = records.findings();
        List<ProofFinding> findings = new ArrayList<>(ofRecords.findings());
        ofRecords.repeated().stream()
                .filter(repeated -> log.holds(repeated.partition(), repeated.before()))
                .map(RecordFindings.Repeated::finding)
                .forEach(findings::add);
        findings.addAll(records.ofFormerOwners());
        findings.addAll(suspects.findings());
        List<Unverifiable> unverifiable = new ArrayList<>(givenUp.values());
        unverifiable.addAll(obstacles.values());
        unverifiable.addAll(suspects.unverifiable());
        long omitted = ofRecords.omitted() + suspects.omitted();
        return Report.joined(List.of(counts, new Report(0, 0, 0, 0, findings, unverifiable, omitted)));
    }
}
