package io.keyward.proof.inputs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyward.client.Topic;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.CommittedLog;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.proof.Subject;
import io.keyward.registry.client.SchemaId;
import io.keyward.registry.wire.PayloadException;
import io.keyward.registry.wire.WireFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/// A base with what else is needed to go on without the cluster: the records of the outputs, what was rerouted, and the
/// schemas of both, so that no id of a registry matters. The file `backup.json` has these fields.
///
/// @param partitions how many each topic has, by its name without the prefix
/// @param schemas as JSON; records name them by their place in this list
public record Backup(Map<String, Integer> partitions, List<String> schemas) {
    static final String DESCRIPTION = "backup.json";
    static final String RECORDS = "records.gz";

    /// The outputs and what was rerouted, in the order in which they are read. What was handed on before the rows were
    /// read is in `rerouted`.
    public static final List<Topic> TOPICS = List.of(
            Topic.ENCRYPTION_DECISIONS, Topic.WARNINGS, Topic.ANALYTICS_SUPPRESSIONS, Topic.ERASURES, Topic.REROUTED);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Writes a backup into the folder of a base, beside an application that may run.
    ///
    /// @throws CommandFailedException if a topic is missing, or the folder cannot be written
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    /// @throws io.keyward.registry.client.RegistryException if the registry does not answer
    public static Base make(BaseMaker base) {
        return base.make(folder -> write(base.subject(), folder));
    }

    private static List<String> write(Subject subject, Path folder) throws IOException {
        Map<String, Integer> partitions = new HashMap<>();
        try (Admin admin = Admin.create(subject.kafka())) {
            subject.partitionCounts(admin, subject.names().names(TOPICS))
                    .forEach((name, count) -> partitions.put(
                            subject.names().topic(name).orElseThrow().baseName(), count));
        }
        Map<SchemaId, Integer> places = new HashMap<>();
        List<String> schemas = new ArrayList<>();
        ToIntFunction<SchemaId> schema = id -> places.computeIfAbsent(id, _ -> {
            schemas.add(subject.registry().schemaOf(id).toString());
            return schemas.size() - 1;
        });
        RowFile.write(folder.resolve(RECORDS), taker -> {
            for (Topic topic : TOPICS) {
                KafkaAnswers.partitions(subject.names().name(topic), partitions.get(topic.baseName()))
                        .forEach(place -> CommittedLog.readAll(subject.kafka(), List.of(place), read -> {
                            if (read.key() != null) {
                                taker.take(
                                        topic.baseName(),
                                        Bytes.wrap(read.key()),
                                        kept(read, schema).bytes());
                            }
                        }));
            }
        });
        Files.write(folder.resolve(DESCRIPTION), JSON.writeValueAsBytes(new Backup(partitions, schemas)));
        return List.of(RECORDS, DESCRIPTION);
    }

    /// A record without the id of its schema. What is not in the wire format is kept as it is.
    private static KeptRecord kept(ConsumerRecord<byte[], byte[]> read, ToIntFunction<SchemaId> places) {
        int schema = KeptRecord.NO_SCHEMA;
        byte[] value = read.value();
        if (value != null) {
            try {
                WireFormat.Framed framed = WireFormat.read(value, read.headers(), WireFormat.VALUE_SCHEMA_HEADER);
                schema = places.applyAsInt(framed.schema());
                value = Arrays.copyOfRange(value, framed.offset(), value.length);
            } catch (PayloadException foreign) {
                schema = KeptRecord.NO_SCHEMA;
            }
        }
        return new KeptRecord(read.partition(), read.timestamp(), read.headers(), schema, value);
    }

    /// Reads what a folder says about itself.
    ///
    /// @throws CommandFailedException if it is only a base, or a file was changed
    static Backup read(BaseFolder folder) {
        if (!folder.base().files().containsKey(DESCRIPTION)) {
            throw new CommandFailedException(
                    "%s is a base, without the outputs: only what `backup create` has written can be restored."
                            .formatted(folder.folder()));
        }
        List.of(RECORDS, DESCRIPTION).forEach(folder::requireUnchanged);
        Path file = folder.folder().resolve(DESCRIPTION);
        try {
            return JSON.readValue(BaseFolder.bytes(file), Backup.class);
        } catch (IOException failure) {
            throw BaseFolder.unreadable(file, failure);
        }
    }
}
