package io.keyward.proof;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.topology.contract.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Collects what one check of a tenant finds.
final class Discrepancies {
    private final Subject subject;
    private final TenantRecords tenant;
    private final List<Discrepancy> found = new ArrayList<>();

    Discrepancies(Subject subject, TenantRecords tenant) {
        this.subject = subject;
        this.tenant = tenant;
    }

    List<Discrepancy> found() {
        return found;
    }

    /// Whom a discrepancy is about, and what it rests on.
    ///
    /// @param environment empty if it is about the tenant
    record About(Optional<EnvironmentId> environment, Discrepancy.Kind kind, Evidence evidence) {
        static About tenant(Evidence evidence) {
            return new About(Optional.empty(), Discrepancy.Kind.DIFFERENCE, evidence);
        }

        static About environment(EnvironmentId environment, Evidence evidence) {
            return new About(Optional.of(environment), Discrepancy.Kind.DIFFERENCE, evidence);
        }
    }

    /// Something is wrong with a row, or with what follows from it.
    ///
    /// @param row null if it is missing, and nothing else asks for it
    void atRow(String store, StoredRow row, Deviation deviation, About about) {
        add(subject.changelog(store), tenant.partition(), row == null ? -1 : row.offset(), deviation, about);
    }

    /// Something is wrong with an output.
    void atOutput(Topic topic, NewestOutput record, Deviation deviation, About about) {
        add(subject.names().name(topic), record.partition(), record.offset(), deviation, about);
    }

    /// A value cannot be decoded.
    void unreadable(String store, StoredRow row, Optional<EnvironmentId> environment, RuntimeException why) {
        atRow(
                store,
                row,
                new Deviation(Optional.<Rule>empty(), "The row cannot be read: " + why.getMessage()),
                new About(environment, Discrepancy.Kind.DIFFERENCE, new Evidence().add(row)));
    }

    private void add(String topic, int partition, long offset, Deviation deviation, About about) {
        found.add(new Discrepancy(
                new Finding(
                        topic,
                        partition,
                        offset,
                        Optional.of(tenant.id()),
                        about.environment(),
                        deviation.rule(),
                        deviation.sentence()),
                about.kind(),
                about.evidence().value()));
    }
}
