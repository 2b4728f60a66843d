package io.keyward.topology.contract;

import io.keyward.avro.GeneratedClasses;
import io.keyward.client.Topic;
import io.keyward.client.Topic.Direction;
import io.keyward.client.TopicNames;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.ValueWriter;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/// The schemas to register before the first record is written.
///
/// @param settings which schemas are registered, and under which subjects
public record TopicSchemas(TopicNames names, SerializerSettings settings) {
    /// A registered schema.
    ///
    /// @param topic the full name of the topic with these values
    public record Registered(String topic, String subject, Schema schema) {
        /// The path of the schema file in the source code.
        public String file() {
            return "schemas/" + schema.getFullName().replace("io.keyward.", "").replace('.', '/') + ".avsc";
        }
    }

    /// The schemas of all topics, inputs first.
    public List<Registered> all() {
        return Stream.of(Direction.IN, Direction.OUT, Direction.OWN)
                .flatMap(direction -> Topic.withSchema(direction).stream())
                .map(topic -> registered(names.name(topic), schema(topic)))
                .toList();
    }

    /// The subject under which the schema of a topic is registered.
    public String subject(Topic topic) {
        return registered(names.name(topic), schema(topic)).subject();
    }

    /// Reads the values of these topics as generated classes.
    public static AvroDeserializer reader(SchemaRegistry registry, Collection<Topic> topics) {
        return AvroDeserializer.specific(
                registry, topics.stream().map(TopicSchemas::schema).toList(), TopicSchemas.class.getClassLoader());
    }

    /// Resolves the id of every schema that the topology writes, as [#resolve] does.
    public void resolveOutputs(ValueWriter writer) {
        resolve(writer, Topic.withSchema(Direction.OUT));
        resolve(writer, List.of(Topic.TIME_REACHED));
    }

    /// Resolves the ids of the schemas of these topics. Registers the schemas if the writer's settings allow it.
    ///
    /// Throws the registry's exception if the registry does not answer or refuses a schema.
    public void resolve(ValueWriter writer, Collection<Topic> topics) {
        topics.stream()
                .filter(topic -> topic.valueSchema().isPresent())
                .forEach(topic -> writer.prepare(names.name(topic), schema(topic)));
    }

    private Registered registered(String topic, Schema schema) {
        return new Registered(topic, settings.subject(topic, false, schema.getFullName()), settings.shared(schema));
    }

    /// The schema of the values of a topic that has one.
    public static Schema schema(Topic topic) {
        return GeneratedClasses.schema(topic.valueSchema().orElseThrow());
    }
}
