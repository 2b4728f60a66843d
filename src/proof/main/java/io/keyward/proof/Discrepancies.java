package io.keyward.proof;

import io.keyward.client.Topic;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.id.EnvironmentId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

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
    /// @param awaitsFanOut whether a running fan-out may still decide the environment
    /// @param evidence offsets and times: if none of them has moved, it rests on the same
    record About(Optional<EnvironmentId> environment, boolean awaitsFanOut, List<Long> evidence) {
        /// @param records what it rests on; null where there is none
        static About of(Optional<EnvironmentId> environment, NewestRecord... records) {
            return new About(
                    environment,
                    false,
                    Stream.of(records).map(NewestRecord::offsetOf).toList());
        }
    }

    /// Something is wrong with a row, or with what follows from it.
    ///
    /// @param row null if it is missing, and nothing else asks for it
    void atRow(String store, NewestRecord row, Deviation deviation, About about) {
        add(subject.changelog(store), tenant.partition(), NewestRecord.offsetOf(row), deviation, about);
    }

    /// Something is wrong with an output.
    void atOutput(Topic topic, NewestOutput record, Deviation deviation, About about) {
        add(subject.names().name(topic), record.partition(), record.offset(), deviation, about);
    }

    /// A row that implies an output.
    ///
    /// @param row null if there is none
    /// @param environment empty if it is about the tenant
    record Implied(String store, NewestRecord row, Optional<EnvironmentId> environment) {}

    /// What stands under a key must be the record that was published last.
    ///
    /// @param difference in which way the record is different, if it is
    void compare(Implied by, Topic topic, String key, Function<NewestOutput, Optional<String>> difference) {
        NewestOutput record = tenant.outputs(topic).get(key);
        About about = About.of(by.environment(), by.row(), record);
        if (record == null) {
            String missing =
                    "Expected a record in the topic %s under the key %s, found none.".formatted(topic.baseName(), key);
            atRow(by.store(), by.row(), Deviation.of(Rule.R15, missing), about);
            return;
        }
        expect(record);
        Optional<Deviation> wrong = record.isTombstone()
                ? Optional.of(Deviation.of(
                        Rule.R24,
                        "Expected the record that was published last under the key %s, found a tombstone."
                                .formatted(key)))
                : difference.apply(record).map(different -> Deviation.of(Rule.R15, different));
        wrong.ifPresent(deviation -> atOutput(topic, record, deviation, about));
    }

    /// A value cannot be decoded.
    void unreadable(String store, NewestRecord row, Optional<EnvironmentId> environment, RuntimeException why) {
        atRow(
                store,
                row,
                new Deviation(Optional.<Rule>empty(), "The row cannot be read: " + why.getMessage()),
                About.of(environment, row));
    }

    private void add(String topic, int partition, long offset, Deviation deviation, About about) {
        ProofFinding finding =
                new ProofFinding(topic, partition, offset, Optional.of(tenant.id()), about.environment(), deviation);
        found.add(new Discrepancy(finding, about.awaitsFanOut(), about.evidence()));
    }
}
