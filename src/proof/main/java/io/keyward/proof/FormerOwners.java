package io.keyward.proof;

import io.keyward.client.Position;
import io.keyward.topology.store.ProgressRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Finds what an instance wrote to a partition that was another's by then, as releases could whose commits the group
/// coordinator did not check. Each transaction of a task writes how far it had read its inputs: a row that is behind
/// its predecessor and its successor, and ahead in no topic, is of a former owner. Its digest is, too.
///
/// Only what the changelog still holds is found, and nothing from before the partition was recovered.
final class FormerOwners {
    /// A former owner learns within a heartbeat that it is one. What stays behind for longer has other offsets: those
    /// of another cluster, or of topics that were created again.
    private static final int LONGEST = 2;

    private final Map<Integer, Partition> partitions = new HashMap<>();

    private static final class Partition {
        private Optional<Position> last = Optional.empty();
        private final List<ProofFinding> behind = new ArrayList<>();
        private final List<ProofFinding> found = new ArrayList<>();

        private void take(ConsumerRecord<byte[], byte[]> row, Position position) {
            if (last.filter(before -> isBehind(position, before)).isPresent() && behind.size() < LONGEST) {
                behind.add(ProofFinding.of(row, Optional.empty(), Optional.empty(), deviation(position)));
                return;
            }
            if (last.filter(before -> isBehind(position, before)).isEmpty()) {
                found.addAll(behind);
            }
            behind.clear();
            last = Optional.of(position);
        }

        private Deviation deviation(Position position) {
            return new Deviation(
                    Optional.empty(),
                    "Expected only rows of the partition's owner, found the progress of a former owner, which ends at position %s, behind %s. Its other rows and outputs may be wrong: see the other findings. \"recover --from-inputs\" decides the partition from its inputs."
                            .formatted(position, last.orElseThrow()));
        }
    }

    /// @param row the progress row of a partition, or its tombstone
    void take(ConsumerRecord<byte[], byte[]> row) {
        if (row.value() == null) {
            partitions.remove(row.partition());
            return;
        }
        Position.parse(ProgressRow.read(row.value()).positions())
                .ifPresent(position -> partitions
                        .computeIfAbsent(row.partition(), _ -> new Partition())
                        .take(row, position));
    }

    List<ProofFinding> findings() {
        return partitions.values().stream()
                .flatMap(partition -> partition.found.stream())
                .toList();
    }

    /// A former owner has read nothing that is new: what has, is committed with offsets, and is fenced in any release.
    private static boolean isBehind(Position position, Position before) {
        return !position.equals(before)
                && IntStream.range(0, before.next().size())
                        .noneMatch(topic ->
                                position.next().get(topic) > before.next().get(topic));
    }
}
