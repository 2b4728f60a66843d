package io.keyward.proof;

import io.keyward.avro.state.StateCodec;
import io.keyward.avro.state.UnreadableStateException;
import io.keyward.domain.Decider;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.SinkPeriods;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/// What the rows about a whole partition say.
///
/// @param obstacle why the environments of the partition cannot be verified, whatever else is here; empty if they can
/// @param fanOuts the unfinished fan-outs to everything
/// @param sinks when each sink was among those of the profile, if that is noted
/// @param erasures the times of erasures, by the keys of their rows
record PartitionRows(
        Optional<Unverifiable> obstacle,
        List<FanOut> fanOuts,
        Optional<SinkPeriods> sinks,
        Map<Bytes, Instant> erasures) {

    /// Reads the rows, if the same rules decided the partition last.
    static PartitionRows of(GroupRecords records, int partition, Subject subject) {
        Map<Bytes, NewestRecord> rows = records.rowsOfPartition(Nodes.TENANTS, partition);
        String changelog = subject.changelog(Nodes.TENANTS);
        String expected = Decider.rulesOf(subject.profile());
        NewestRecord marker = rows.get(RowKeys.RULES_ROW);
        if (marker == null) {
            return unverifiable(
                    changelog, partition, "It is not noted which rules decided last. Expected are: " + expected);
        }
        String found = new String(marker.value(), StandardCharsets.UTF_8);
        if (!found.equals(expected)) {
            return unverifiable(
                    changelog,
                    partition,
                    "Other rules decided last than those of this release and this configuration, so that nothing can be compared. Expected: %s. Found: %s"
                            .formatted(expected, found));
        }
        if (!records.rowsOfPartition(Nodes.DEADLINES, partition).containsKey(RowKeys.FILLED_ROW)) {
            return unverifiable(
                    subject.changelog(Nodes.DEADLINES),
                    partition,
                    "The store is not noted to hold the deadlines of all environments.");
        }
        try {
            return read(rows);
        } catch (UnreadableStateException unreadable) {
            return unverifiable(
                    changelog, partition, "A row about the whole partition cannot be read: " + unreadable.reason());
        }
    }

    private static PartitionRows unverifiable(String topic, int partition, String why) {
        Unverifiable obstacle = Unverifiable.of(topic, partition, why);
        return new PartitionRows(Optional.of(obstacle), List.of(), Optional.empty(), Map.of());
    }

    private static PartitionRows read(Map<Bytes, NewestRecord> rows) {
        List<FanOut> fanOuts = new ArrayList<>();
        Map<Bytes, Instant> erasures = new HashMap<>();
        rows.forEach((key, row) -> {
            if (RowKeys.isOf(RowKeys.FAN_OUT, key)) {
                fanOuts.add(StateCodec.FAN_OUTS.read(row.value()).fanOut());
            } else if (RowKeys.isOf(RowKeys.ERASED, key)) {
                erasures.put(key, StateCodec.ERASURES.read(row.value()));
            }
        });
        Optional<SinkPeriods> sinks =
                Optional.ofNullable(rows.get(RowKeys.SINKS_ROW)).map(row -> StateCodec.SINKS.read(row.value()));
        return new PartitionRows(Optional.empty(), fanOuts, sinks, erasures);
    }

    /// Decides as the processor of the partition does.
    Decider decider(RuleProfile profile) {
        return sinks.map(noted -> new Decider(profile, noted)).orElseGet(() -> new Decider(profile));
    }

    /// When the tenant was erased last, if it ever was.
    Optional<Instant> erasedAt(TenantId tenant) {
        return erasures.isEmpty() ? Optional.empty() : Optional.ofNullable(erasures.get(RowKeys.erasure(tenant)));
    }
}
