package io.keyward.proof;

import io.keyward.avro.state.StateCodec;
import io.keyward.avro.state.UnreadableStateException;
import io.keyward.domain.Decider;
import io.keyward.domain.decision.PendingSweep;
import io.keyward.domain.decision.Sweep;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the rows about a whole partition say: which rules decided it last, and what is left to be done.
record RulesCheck(Subject subject) {
    private static final StateCodec<PendingSweep> SWEEPS = StateCodec.ofSweeps();

    /// Why the environments of a partition cannot be verified; empty if they can.
    ///
    Optional<Unverifiable> obstacle(GroupRecords records, int partition) {
        String expected = Decider.rulesOf(subject.profile());
        StoredRow marker = records.rowsOfPartition(Nodes.TENANTS, partition).get(RowKeys.rules());
        if (marker == null) {
            return Optional.of(unverifiable(
                    Nodes.TENANTS, partition, "It is not noted which rules decided last. Expected are: " + expected));
        }
        String found = new String(marker.value(), StandardCharsets.UTF_8);
        if (!found.equals(expected)) {
            return Optional.of(unverifiable(
                    Nodes.TENANTS,
                    partition,
                    "Other rules decided last than those of this release and this configuration, so that nothing can be compared. Expected: %s. Found: %s"
                            .formatted(expected, found)));
        }
        if (!records.rowsOfPartition(Nodes.DEADLINES, partition).containsKey(RowKeys.filled())) {
            return Optional.of(unverifiable(
                    Nodes.DEADLINES, partition, "The store is not noted to hold the deadlines of all environments."));
        }
        try {
            var _ = sweeps(records, partition);
            return Optional.empty();
        } catch (UnreadableStateException unreadable) {
            return Optional.of(unverifiable(
                    Nodes.TENANTS, partition, "An unfinished sweep cannot be read: " + unreadable.reason()));
        }
    }

    private Unverifiable unverifiable(String store, int partition, String sentence) {
        return new Unverifiable(subject.changelog(store), partition, Optional.empty(), Optional.empty(), sentence);
    }

    /// The unfinished sweeps of everything in a partition.
    ///
    /// @throws UnreadableStateException if one cannot be read
    static List<Sweep> sweeps(GroupRecords records, int partition) {
        List<Sweep> sweeps = new ArrayList<>();
        records.rowsOfPartition(Nodes.TENANTS, partition).forEach((key, row) -> {
            if (RowKeys.isSweep(key)) {
                sweeps.add(SWEEPS.read(row.value()).sweep());
            }
        });
        return sweeps;
    }
}
