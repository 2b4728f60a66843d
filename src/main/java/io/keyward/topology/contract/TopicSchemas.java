package io.keyward.topology.contract;

import io.keyward.avro.GeneratedClasses;
import io.keyward.registry.ValueWriter;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.contract.Topic.Direction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/// The schemas that a registry is to know before the first record comes.
public final class TopicSchemas {
    private final TopicNames names;
    private final SerializerSettings settings;

    /// @param settings what is registered, and under which subjects
    public TopicSchemas(TopicNames names, SerializerSettings settings) {
        this.names = names;
        this.settings = settings;
    }

    /// A schema as it is registered.
    ///
    /// @param topic the full name of the topic whose values it describes
    public record Registered(String topic, String subject, Schema schema) {
        /// Where its text lies in the source.
        public String file() {
            return "schemas/" + schema.getFullName().replace("io.keyward.", "").replace('.', '/') + ".avsc";
        }
    }

    /// Those of all topics, inputs first.
    public List<Registered> all() {
        return Stream.of(Direction.IN, Direction.OUT)
                .flatMap(TopicSchemas::withSchema)
                .map(topic -> registered(names.name(topic), schema(topic)))
                .toList();
    }

    /// The schemas of all topics of that direction.
    public static List<Schema> of(Direction direction) {
        return withSchema(direction).map(TopicSchemas::schema).toList();
    }

    /// Resolves every output schema to its id, registering it if the writer does so.
    ///
    /// Passes on what the registry throws: it does not answer, or refuses a schema.
    public void resolveOutputs(ValueWriter writer) {
        withSchema(Direction.OUT).forEach(topic -> resolve(writer, topic));
    }

    /// Resolves the schemas of what is stated of keys, as [#resolveOutputs] does.
    public void resolveKeyEvents(ValueWriter writer) {
        Topic.keyInputs().forEach(topic -> resolve(writer, topic));
    }

    private void resolve(ValueWriter writer, Topic topic) {
        writer.prepare(names.name(topic), schema(topic));
    }

    private Registered registered(String topic, Schema schema) {
        return new Registered(topic, settings.subject(topic, false, schema.getFullName()), settings.shared(schema));
    }

    private static Stream<Topic> withSchema(Direction direction) {
        return Arrays.stream(Topic.values())
                .filter(topic ->
                        topic.direction() == direction && topic.valueSchema().isPresent());
    }

    private static Schema schema(Topic topic) {
        return GeneratedClasses.schema(topic.valueSchema().orElseThrow());
    }
}
