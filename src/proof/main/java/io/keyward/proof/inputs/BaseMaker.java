package io.keyward.proof.inputs;

import io.keyward.client.Position;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.CommittedLog;
import io.keyward.domain.Decider;
import io.keyward.proof.LogOffsets;
import io.keyward.proof.ProofProgress;
import io.keyward.proof.ReadProgress;
import io.keyward.proof.Subject;
import io.keyward.topology.KeywardTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/// Makes a base of an application, which may run meanwhile: it asks what the processor has committed, and then
/// reads the changelogs to their end. Joins no group and writes nothing to the cluster.
///
/// @param folder is created; must be empty
/// @param key signs it
/// @param productVersion the release that makes it
public record BaseMaker(
        Subject subject,
        Path folder,
        PrivateKey key,
        String productVersion,
        ProofProgress progress,
        InstantSource clock) {
    /// Writes more files into the folder, once the rows are there.
    interface More {
        /// Writes them, and returns their names.
        List<String> write(Path folder) throws IOException;
    }

    /// Writes a base into the folder.
    ///
    /// @throws CommandFailedException if a topic is missing, or the folder cannot be written
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    public Base make() {
        return make(_ -> List.of());
    }

    Base make(More more) {
        return InputTopics.with(subject, topics -> {
            try {
                return write(topics, more);
            } catch (IOException failure) {
                throw new CommandFailedException(
                        "The base cannot be written to %s: %s".formatted(folder, failure), failure);
            }
        });
    }

    private Base write(InputTopics topics, More more) throws IOException {
        List<Position> positions = IntStream.range(0, topics.partitions())
                .mapToObj(topics.positions()::of)
                .toList();
        Map<TopicPartition, Long> rerouted =
                LogOffsets.of(topics.admin(), topics.of(subject.names().rerouted()), OffsetSpec.latest());
        ReadProgress shown = new ReadProgress(
                topics.admin(),
                KeywardTopology.stores().stream()
                        .flatMap(store -> topics.of(subject.changelog(store)).stream())
                        .toList(),
                progress);
        prepareFolder();
        List<Base.LogEnds> ends = new ArrayList<>();
        Map<String, String> files = new HashMap<>();
        for (int partition = 0; partition < topics.partitions(); partition++) {
            Path file = folder.resolve(Base.file(partition));
            ends.add(new Base.LogEnds(
                    positions.get(partition).toString(),
                    rerouted.get(new TopicPartition(subject.names().rerouted(), partition)),
                    copy(partition, file, shown)));
            files.put(Base.file(partition), BaseFolder.sha256(file));
        }
        for (String name : more.write(folder)) {
            files.put(name, BaseFolder.sha256(folder.resolve(name)));
        }
        return sign(new Base(
                Base.FORMAT,
                subject.applicationId(),
                topics.partitions(),
                ends,
                clock.instant().toString(),
                Decider.rulesOf(subject.profile()),
                productVersion,
                files));
    }

    private void prepareFolder() throws IOException {
        Files.createDirectories(folder);
        try (var present = Files.list(folder)) {
            if (present.findAny().isPresent()) {
                throw new CommandFailedException(
                        "%s is not empty; a base needs a folder of its own.".formatted(folder));
            }
        }
    }

    private Base sign(Base base) throws IOException {
        byte[] manifest = base.manifest();
        Files.write(folder.resolve(BaseFolder.MANIFEST), manifest);
        Files.write(folder.resolve(BaseFolder.SIGNATURE), SigningKeys.sign(key, manifest));
        return base;
    }

    /// Writes the newest rows of a partition to a file, and returns where its changelogs end.
    private Map<String, Long> copy(int partition, Path file, ReadProgress shown) throws IOException {
        Map<String, String> stores = new HashMap<>();
        TreeMap<String, TreeMap<Bytes, byte[]>> rows = new TreeMap<>();
        KeywardTopology.stores().forEach(store -> {
            stores.put(subject.changelog(store), store);
            rows.put(store, new TreeMap<>());
        });
        Map<String, Long> ends = new HashMap<>();
        try (CommittedLog log = CommittedLog.open(
                subject.kafka(),
                stores.keySet().stream()
                        .map(name -> new TopicPartition(name, partition))
                        .toList())) {
            log.readToEnd(
                            row -> {
                                TreeMap<Bytes, byte[]> of = rows.get(stores.get(row.topic()));
                                if (row.value() == null) {
                                    of.remove(Bytes.wrap(row.key()));
                                } else {
                                    of.put(Bytes.wrap(row.key()), row.value());
                                }
                            },
                            shown.ofOne())
                    .forEach((read, end) -> ends.put(stores.get(read.topic()), end));
        }
        RowFile.write(file, rows);
        return ends;
    }
}
