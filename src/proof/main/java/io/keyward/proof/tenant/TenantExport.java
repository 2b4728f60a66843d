package io.keyward.proof.tenant;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.avro.json.AvroJson;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.wire.PayloadException;
import io.keyward.topology.contract.TopicSchemas;
import io.keyward.topology.contract.Topics;
import io.keyward.topology.read.OutputReader;
import io.keyward.topology.read.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// What the topics hold of one tenant, as lines: first the events that it is about, in the order of the brokers' times,
/// then the outputs. Fed to `simulate`, the event lines give the same decisions, if retention has taken none of them.
///
/// Records of `rerouted` are left out: they are copies. For one thread; the lines are held in memory.
public final class TenantExport {
    private final TenantId tenant;
    private final TopicNames names;
    private final AvroDeserializer events;
    private final OutputReader outputs;
    private final List<Line> eventLines = new ArrayList<>();
    private final List<Line> outputLines = new ArrayList<>();
    private final Map<TopicPartition, Long> latestTimes = new HashMap<>();
    private long unreadable;

    public TenantExport(TenantId tenant, TopicNames names, SchemaRegistry registry) {
        this.tenant = tenant;
        this.names = names;
        this.events = TopicSchemas.reader(registry, Topics.events());
        this.outputs = new OutputReader(registry, names);
    }

    /// @param time of the broker, or of the cause of an output; never falls within a partition
    private record Line(long time, Topic topic, String text) {
        static final Comparator<Line> IN_ORDER =
                Comparator.comparingLong(Line::time).thenComparing(Line::topic);
    }

    /// The topics whose records may be about the tenant.
    public static List<Topic> topics() {
        return Stream.concat(
                        Topics.events().stream(),
                        Stream.of(Topic.values()).filter(topic -> topic.direction() == Topic.Direction.OUT))
                .toList();
    }

    /// Takes a record of one of [#topics], those of a partition in their order, and keeps it if it is about the tenant.
    ///
    /// Throws the registry's exception if the registry does not answer.
    public void take(ConsumerRecord<byte[], byte[]> record) {
        Topic topic = names.topic(record.topic()).orElseThrow();
        try {
            if (topic.direction() == Topic.Direction.OUT) {
                takeOutput(topic, record);
            } else if (record.value() != null) {
                takeEvent(topic, record);
            }
        } catch (PayloadException refused) {
            if (tenant.value().equals(key(record))) {
                unreadable++;
            }
        }
    }

    private void takeEvent(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        IndexedRecord event = events.deserialize(record.topic(), record.headers(), record.value());
        Object of = event.get(event.getSchema().getField("tenantId").pos());
        if (!tenant.value().equals(of)) {
            return;
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("topic", topic.baseName());
        if (!tenant.value().equals(key(record))) {
            line.put("key", key(record));
        }
        line.set("value", AvroJson.write(event));
        line.put("timestamp", Instant.ofEpochMilli(record.timestamp()).toString());
        eventLines.add(new Line(turn(record), topic, line.toString()));
    }

    private void takeOutput(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        if (isAbout(topic, Objects.requireNonNullElse(key(record), ""))) {
            OutputRecord output = outputs.read(record);
            outputLines.add(new Line(turn(record), topic, output.line().toString()));
        }
    }

    private boolean isAbout(Topic topic, String key) {
        return switch (topic) {
            case DEAD_LETTERS -> key.equals(tenant.value());
            case ERASURES -> key.equals(Erasure.sha256(tenant));
            default -> key.startsWith(tenant.value() + "/");
        };
    }

    private long turn(ConsumerRecord<byte[], byte[]> record) {
        return latestTimes.merge(new TopicPartition(record.topic(), record.partition()), record.timestamp(), Math::max);
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    }

    /// The event lines of what was taken, in order.
    public List<String> eventLines() {
        return inOrder(eventLines);
    }

    /// The output lines of what was taken, in order: those of a partition in their order.
    public List<String> outputLines() {
        return inOrder(outputLines);
    }

    private static List<String> inOrder(List<Line> lines) {
        return lines.stream().sorted(Line.IN_ORDER).map(Line::text).toList();
    }

    /// How many records have the tenant's key, but cannot be read.
    public long unreadable() {
        return unreadable;
    }
}
