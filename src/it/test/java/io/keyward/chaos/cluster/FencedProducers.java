package io.keyward.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.RecordBatch;

/// The transactional producers of paused instances whose tasks others have taken over, and what they have committed
/// nevertheless. Each transaction has an epoch of its own (KIP-890), and a producer that starts again has a later
/// one. So nothing of the epoch that a producer had when its instance had lost its tasks may ever be committed.
public final class FencedProducers {
    private record Producer(long id, int epoch) {}

    private final Set<Producer> fenced = new HashSet<>();

    /// Adds producers that have lost their tasks and have no open transaction.
    public void add(Collection<TransactionDescription> producers) {
        producers.forEach(producer -> fenced.add(new Producer(producer.producerId(), producer.producerEpoch())));
    }

    /// Every batch of records that one of them has committed in a topic of the group, as the brokers have it on disk.
    ///
    /// @param logs the log folder of each broker
    public List<String> committed(List<Path> logs, String group) {
        Set<String> found = new TreeSet<>();
        for (Path broker : logs) {
            try (Stream<Path> folders = Files.list(broker)) {
                for (Path partition :
                        folders.filter(folder -> isOf(folder, group)).toList()) {
                    read(partition, found);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return List.copyOf(found);
    }

    private static boolean isOf(Path folder, String group) {
        String name = folder.getFileName().toString();
        return (name.startsWith(group + ".") || name.startsWith(group + "-")) && !name.endsWith("-delete");
    }

    private void read(Path partition, Set<String> found) throws IOException {
        Map<Long, Set<String>> open = new HashMap<>();
        for (Path segment : segments(partition)) {
            try (FileRecords records = FileRecords.open(segment.toFile(), /* mutable= */ false)) {
                records.batches().forEach(batch -> {
                    if (batch.isControlBatch()) {
                        Set<String> ended = open.getOrDefault(batch.producerId(), Set.of());
                        if (isCommit(batch)) {
                            found.addAll(ended);
                        }
                        open.remove(batch.producerId());
                    } else if (fenced.contains(new Producer(batch.producerId(), batch.producerEpoch()))) {
                        open.computeIfAbsent(batch.producerId(), _ -> new TreeSet<>())
                                .add("%s offset %d: records of the fenced producer %d, epoch %d"
                                        .formatted(
                                                partition.getFileName(),
                                                batch.baseOffset(),
                                                batch.producerId(),
                                                batch.producerEpoch()));
                    }
                });
            }
        }
    }

    /// In the order of their first offsets, which are their names.
    private static List<Path> segments(Path partition) throws IOException {
        try (Stream<Path> files = Files.list(partition)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isCommit(RecordBatch batch) {
        return ControlRecordType.parse(batch.iterator().next().key()) == ControlRecordType.COMMIT;
    }
}
