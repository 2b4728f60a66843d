package io.keyward.proof;

import io.keyward.client.Topic;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.topology.store.Nodes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Collects what one check of a tenant finds, and which of its records it has asked for.
record Discrepancies(Subject subject, TenantRecords tenant, List<Discrepancy> found, Set<NewestRecord> expected) {
    /// None yet.
    Discrepancies(Subject subject, TenantRecords tenant) {
        this(subject, tenant, new ArrayList<>(), new HashSet<>());
    }

    /// Remembers that something asks for this record.
    void expect(NewestRecord record) {
        expected.add(record);
    }

    boolean isExpected(NewestRecord record) {
        return expected.contains(record);
    }

    /// Whom a discrepancy is about, and what it rests on.
    ///
    /// @param environment empty if it is about the tenant
    record About(Optional<EnvironmentId> environment, Discrepancy.Kind kind, OffsetDigest evidence) {
        static About tenant(OffsetDigest evidence) {
            return new About(Optional.empty(), Discrepancy.Kind.DIFFERENCE, evidence);
        }

        static About environment(EnvironmentId environment, OffsetDigest evidence) {
            return new About(Optional.of(environment), Discrepancy.Kind.DIFFERENCE, evidence);
        }
    }

    /// Something is wrong with a row, or with what follows from it.
    ///
    /// @param row null if it is missing, and nothing else asks for it
    void atRow(String store, NewestRecord row, Deviation deviation, About about) {
        add(subject.changelog(store), tenant.partition(), row == null ? -1 : row.offset(), deviation, about);
    }

    /// Something is wrong with the row of the tenant, or with what follows from it.
    void atTenant(NewestRecord row, Rule rule, String sentence, About about) {
        atRow(Nodes.TENANTS, row, Deviation.of(rule, sentence), about);
    }

    /// Something is wrong with an output.
    void atOutput(Topic topic, NewestOutput record, Deviation deviation, About about) {
        add(subject.names().name(topic), record.partition(), record.offset(), deviation, about);
    }

    /// A value cannot be decoded.
    void unreadable(String store, NewestRecord row, Optional<EnvironmentId> environment, RuntimeException why) {
        atRow(
                store,
                row,
                new Deviation(Optional.<Rule>empty(), "The row cannot be read: " + why.getMessage()),
                new About(environment, Discrepancy.Kind.DIFFERENCE, new OffsetDigest().add(row)));
    }

    private void add(String topic, int partition, long offset, Deviation deviation, About about) {
        ProofFinding finding =
                new ProofFinding(topic, partition, offset, Optional.of(tenant.id()), about.environment(), deviation);
        found.add(new Discrepancy(finding, about.kind(), about.evidence().value()));
    }
}
