package io.keyward.proof.inputs;

import io.keyward.client.Position;
import io.keyward.client.TenantPartitioner;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.CommittedLog;
import io.keyward.proof.LogOffsets;
import io.keyward.proof.TopicLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Records of the outputs that are chosen at random, of those that can be verified alone. Each offset of a partition is
/// as likely as the others; each partition that holds something is as likely as the others.
///
/// @param proof with a base, what is older than this is skipped
/// @param random what chooses
public record OutputSample(InputProof proof, RandomGenerator random) {
    /// How many offsets are read for one record: compaction and the marks of transactions leave gaps.
    private static final int READ = 1_000;

    private static final int TRIES = 3;

    /// A record of an output.
    public record Chosen(TopicPartition partition, long offset) {}

    /// Chooses records.
    ///
    /// @return this many, or fewer where the outputs hold few that can be verified alone
    /// @throws CommandFailedException if a topic is missing, or no record is found
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    public List<Chosen> choose(int count) {
        List<Chosen> chosen = InputTopics.with(proof.subject(), topics -> choose(count, topics));
        if (chosen.isEmpty()) {
            throw new CommandFailedException("The outputs hold no record that can be verified alone.");
        }
        return chosen;
    }

    private List<Chosen> choose(int count, InputTopics topics) {
        List<Chosen> chosen = new ArrayList<>();
        List<TopicPartition> outputs = topics.subject().names().names(TopicLayout.OUTPUTS).stream()
                .flatMap(topic -> topics.partitionsOf(topic).stream())
                .toList();
        Map<TopicPartition, Long> first = LogOffsets.of(topics.admin(), outputs, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = LogOffsets.of(topics.admin(), outputs, OffsetSpec.latest());
        List<TopicPartition> filled = outputs.stream()
                .filter(output -> first.get(output) < ends.get(output))
                .toList();
        for (int tried = 0; tried < TRIES * count && chosen.size() < count && !filled.isEmpty(); tried++) {
            TopicPartition output = filled.get(random.nextInt(filled.size()));
            long end = ends.get(output);
            next(output, random.nextLong(first.get(output), end), end, topics.partitions())
                    .ifPresent(chosen::add);
        }
        return chosen;
    }

    /// The first record from that offset on that can be verified alone, if one of the next ones can.
    private Optional<Chosen> next(TopicPartition output, long from, long end, int inputs) {
        try (CommittedLog log = CommittedLog.open(proof.subject().kafka(), List.of(output))) {
            return log.first(output, from, Math.min(end, from + READ), record -> isVerifiable(record, inputs))
                    .map(record -> new Chosen(output, record.offset()));
        }
    }

    /// Tombstones and warnings about a tenant may not be, and what is older than a base or a change of partitions is
    /// not.
    private boolean isVerifiable(ConsumerRecord<byte[], byte[]> record, int inputs) {
        if (record.key() == null || record.value() == null) {
            return false;
        }
        String[] ids = new String(record.key(), StandardCharsets.UTF_8).split("/", 3);
        return ids.length > 1
                && !ids[1].isEmpty()
                && Position.of(record.headers())
                        .filter(position -> position.partition() == TenantPartitioner.partitionOf(ids[0], inputs))
                        .isPresent()
                && proof.base()
                        .filter(folder -> folder.base().isNewerThan(record.timestamp()))
                        .isEmpty();
    }
}
