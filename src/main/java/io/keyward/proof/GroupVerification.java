package io.keyward.proof;

import io.keyward.registry.AvroDeserializer;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.contract.TopicSchemas;
import io.keyward.topology.store.Nodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Verifies a group of partitions in rounds, as [StateVerification] says. For one thread, once.
final class GroupVerification {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final GroupRecords records;
    private final TenantCheck check;
    private final RulesCheck rules;
    private final Duration patience;
    private final Suspects suspects = new Suspects();
    private final Map<Integer, Unverifiable> obstacles = new HashMap<>();
    private final Map<Integer, Unverifiable> givenUp = new HashMap<>();

    /// @param patience how long to wait for what is only seen in part, and for sweeps
    GroupVerification(Subject subject, TopicLayout layout, Duration patience) {
        this.records = new GroupRecords(subject, layout);
        this.check = new TenantCheck(
                subject,
                new OutputRecords(AvroDeserializer.specific(
                        subject.registry(),
                        TopicSchemas.of(Topic.Direction.OUT),
                        GroupVerification.class.getClassLoader())));
        this.rules = new RulesCheck(subject);
        this.patience = patience;
    }

    Report verify(GroupLog log) {
        log.readToEnd(records::take);
        long begun = System.nanoTime();
        check(records.tenants(), true);
        Counts counts = Counts.of(records.tenants());
        while (suspects.any() || !obstacles.isEmpty()) {
            boolean last = System.nanoTime() - begun >= patience.toNanos();
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

    private record Counts(long environments, long keys, long tenants, long outputs) {
        static Counts of(Collection<TenantRecords> tenants) {
            return new Counts(
                    tenants.stream()
                            .mapToLong(t -> t.rows(Nodes.ENVIRONMENTS).size())
                            .sum(),
                    tenants.stream().mapToLong(t -> t.rows(Nodes.KEYS).size()).sum(),
                    tenants.size(),
                    tenants.stream().mapToLong(TenantRecords::publishedOutputs).sum());
        }
    }

    /// Checks tenants, but not those in partitions that other rules decided. If that is still so in the next round, it
    /// is no transaction seen in part, and they are given up.
    private void check(Collection<TenantRecords> tenants, boolean first) {
        Map<Integer, Optional<Unverifiable>> judged = new HashMap<>();
        for (TenantRecords tenant : tenants) {
            int partition = tenant.partition();
            if (judged.computeIfAbsent(partition, p -> rules.obstacle(records, p))
                    .isEmpty()) {
                suspects.update(
                        tenant.id(),
                        check.discrepancies(tenant, RulesCheck.sweeps(records, partition)),
                        first || obstacles.containsKey(partition));
            }
        }
        Map<Integer, Unverifiable> before = Map.copyOf(obstacles);
        obstacles.clear();
        judged.forEach((partition, obstacle) -> obstacle.ifPresent(
                reason -> (before.containsKey(partition) ? givenUp : obstacles).put(partition, reason)));
    }

    private Report report(GroupLog log, Counts counts) {
        RecordFindings ofRecords = records.findings();
        List<Finding> findings = new ArrayList<>(ofRecords.findings());
        ofRecords.repeated().stream()
                .filter(repeated -> log.holds(repeated.partition(), repeated.before()))
                .map(RecordFindings.Repeated::finding)
                .forEach(findings::add);
        findings.addAll(suspects.findings());
        List<Unverifiable> unverifiable = new ArrayList<>(givenUp.values());
        unverifiable.addAll(obstacles.values());
        unverifiable.addAll(suspects.unverifiable());
        return new Report(
                counts.environments(),
                counts.keys(),
                counts.tenants(),
                counts.outputs(),
                findings,
                unverifiable,
                ofRecords.omitted() + suspects.omitted());
    }
}
