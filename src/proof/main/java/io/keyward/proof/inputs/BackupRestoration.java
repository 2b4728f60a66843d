package io.keyward.proof.inputs;

import io.keyward.client.Topic;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.CommittedLog;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.proof.Subject;
import io.keyward.registry.wire.WireFormat;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.contract.Topics;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.ProgressRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes a [Backup] to a cluster that has the topics and nothing in them: all of it in one transaction, so that it can
/// be killed and run again. `recover` makes the state consistent after that.
///
/// @param subject the application on the new cluster
/// @param changelogs how its changelogs are created
public record BackupRestoration(Subject subject, BaseFolder folder, Changelogs changelogs) {
    /// What brokers accept unless told otherwise.
    private static final int TRANSACTION_LIMIT_MILLIS = 900_000;

    /// Clocks differ, and what a producer sends has a time from before it was appended.
    private static final Duration MARGIN = Duration.ofHours(1);

    /// How Kafka Streams would create the changelogs.
    public record Changelogs(Map<String, String> settings, short replication) {}

    /// Restores the backup.
    ///
    /// @return what was sent before that moment is in the backup; an hour is left for clocks
    /// @throws CommandFailedException if the topics are missing, of another number of partitions, or not
    ///     empty, or a file cannot be read
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    /// @throws io.keyward.registry.client.RegistryException if the registry refuses or does not answer
    public Instant run() {
        Backup backup = Backup.read(folder);
        List<TopicPartition> targets = prepared(backup);
        Map<String, Object> settings = new HashMap<>(subject.kafka());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, subject.applicationId() + "-restore");
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_LIMIT_MILLIS);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions(); // ends that of a restoration that was killed
            requireEmpty(targets);
            producer.beginTransaction();
            Instant decided = rows(producer);
            records(producer, backup);
            producer.commitTransaction();
            return decided.isBefore(Instant.EPOCH.plus(MARGIN)) ? Instant.EPOCH : decided.minus(MARGIN);
        }
    }

    /// Creates the changelogs, and checks the other topics.
    private List<TopicPartition> prepared(Backup backup) {
        int partitions = folder.base().partitions();
        Map<String, Integer> written = new HashMap<>();
        backup.partitions()
                .forEach((name, count) ->
                        written.put(subject.names().name(Topic.ofBaseName(name).orElseThrow()), count));
        Map<String, Integer> expected = new HashMap<>(written);
        Topics.events().forEach(topic -> expected.put(subject.names().name(topic), partitions));
        try (Admin admin = Admin.create(subject.kafka())) {
            subject.partitionCounts(admin, List.copyOf(expected.keySet())).forEach((name, count) -> {
                if (!count.equals(expected.get(name))) {
                    throw new CommandFailedException(
                            "Topic %s has %d partitions, and had %d when the backup was made. Create it with as many: keyward.topics.partitions."
                                    .formatted(name, count, expected.get(name)));
                }
            });
            KeywardTopology.stores().stream().map(subject::changelog).forEach(name -> {
                NewTopic changelog =
                        new NewTopic(name, partitions, changelogs.replication()).configs(changelogs.settings());
                var _ = KafkaAnswers.getUnless(
                        TopicExistsException.class,
                        admin.createTopics(List.of(changelog)).all().thenApply(_ -> name));
                written.put(name, partitions);
            });
        }
        return written.entrySet().stream()
                .flatMap(topic -> KafkaAnswers.partitions(topic.getKey(), topic.getValue()))
                .toList();
    }

    private void requireEmpty(List<TopicPartition> targets) {
        CommittedLog.readAll(subject.kafka(), targets, found -> {
            throw new CommandFailedException(
                    "Topic %s holds records: a backup is restored only where the application has written nothing."
                            .formatted(found.topic()));
        });
    }

    /// Writes the rows of the stores.
    ///
    /// @return up to when all partitions were decided
    private Instant rows(KafkaProducer<byte[], byte[]> producer) {
        List<Instant> decided = new ArrayList<>();
        for (int partition = 0; partition < folder.base().partitions(); partition++) {
            int number = partition;
            folder.read(Base.file(partition), (store, key, value) -> {
                if (store.equals(Nodes.TENANTS) && key.equals(ProgressRow.KEY)) {
                    decided.add(ProgressRow.read(value).decidedUpTo());
                }
                var _ = producer.send(new ProducerRecord<>(subject.changelog(store), number, key.get(), value));
            });
        }
        return decided.size() < folder.base().partitions()
                ? Instant.EPOCH
                : decided.stream().min(Instant::compareTo).orElse(Instant.EPOCH);
    }

    private void records(KafkaProducer<byte[], byte[]> producer, Backup backup) {
        List<Schema> schemas = backup.schemas().stream()
                .map(text -> new Schema.Parser().parse(text))
                .toList();
        Map<String, Integer> ids = new HashMap<>();
        folder.read(Backup.RECORDS, (name, key, bytes) -> {
            KeptRecord kept = KeptRecord.read(bytes);
            String topic = subject.names().name(Topic.ofBaseName(name).orElseThrow());
            byte[] value = kept.value();
            if (kept.schema() != KeptRecord.NO_SCHEMA) {
                String of = subjectOf(topic, kept);
                int id = ids.computeIfAbsent(
                        kept.schema() + of, _ -> subject.registry().register(of, schemas.get(kept.schema())));
                byte[] prefix = WireFormat.prefix(id);
                value = ByteBuffer.allocate(prefix.length + value.length)
                        .put(prefix)
                        .put(value)
                        .array();
            }
            var _ = producer.send(
                    new ProducerRecord<>(topic, kept.partition(), kept.timestamp(), key.get(), value, kept.headers()));
        });
    }

    /// What was rerouted is of the topic from which it came.
    private String subjectOf(String topic, KeptRecord kept) {
        return Optional.ofNullable(kept.headers().lastHeader("keyward.origin"))
                        .filter(_ -> topic.equals(subject.names().rerouted()))
                        .map(origin -> new String(origin.value(), StandardCharsets.UTF_8).split("/", 2)[0])
                        .orElse(topic)
                + "-value";
    }
}
