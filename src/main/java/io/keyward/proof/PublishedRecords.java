package io.keyward.proof;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.store.Nodes;
import java.util.Optional;
import java.util.function.Function;

/// Looks up the records that a row implies, and reports those that are missing, deleted or different.
///
/// @param row the row that implies them
/// @param number of the check, which marks the records that are implied
record PublishedRecords(
        TenantRecords records, EnvironmentId environment, StoredRow row, Discrepancies discrepancies, int number) {
    /// @param difference in which way the record is different, if it is
    void compare(Topic topic, String key, Function<NewestOutput, Optional<String>> difference) {
        NewestOutput record = records.outputs(topic).get(key);
        if (record == null) {
            discrepancies.atRow(
                    Nodes.ENVIRONMENTS,
                    row,
                    Deviation.of(
                            Rule.R15,
                            "Expected a record in the topic %s under the key %s, found none."
                                    .formatted(topic.baseName(), key)),
                    about(record));
            return;
        }
        record.expectedBy(number);
        if (record.isTombstone()) {
            discrepancies.atOutput(
                    topic,
                    record,
                    Deviation.of(
                            Rule.R24,
                            "Expected the record that was published last under the key %s, found a tombstone."
                                    .formatted(key)),
                    about(record));
            return;
        }
        difference
                .apply(record)
                .ifPresent(different ->
                        discrepancies.atOutput(topic, record, Deviation.of(Rule.R15, different), about(record)));
    }

    private Discrepancies.About about(NewestOutput record) {
        return Discrepancies.About.environment(
                environment, new Evidence().add(row).add(record));
    }
}
