package io.keyward.avro;

import io.keyward.registry.ValueWriter;
import io.keyward.registry.client.SerializerSettings;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/// The schemas that a registry is to know before the first record comes.
public final class TopicSchemas {
    private final UnaryOperator<String> names;
    private final SerializerSettings settings;

    /// @param names the topic's name on the cluster, for its name without prefix
    /// @param settings what is registered, and under which subjects
    public TopicSchemas(UnaryOperator<String> names, SerializerSettings settings) {
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
        return Stream.of(TopicRecords.ofInputs(), TopicRecords.ofOutputs())
                .flatMap(topics -> topics.entrySet().stream())
                .map(topic -> registered(names.apply(topic.getKey()), schema(topic.getValue())))
                .toList();
    }

    /// Resolves every output schema to its id, registering it if the writer does so.
    ///
    /// Passes on what the registry throws: it does not answer, or refuses a schema.
    public void resolveOutputs(ValueWriter writer) {
        TopicRecords.ofOutputs().forEach((topic, type) -> writer.prepare(names.apply(topic), schema(type)));
    }

    /// Resolves the schemas of what is stated of keys, as [#resolveOutputs] does.
    public void resolveKeyEvents(ValueWriter writer) {
        TopicRecords.ofInputs().forEach((topic, type) -> {
            if (topic.startsWith("key-")) {
                writer.prepare(names.apply(topic), schema(type));
            }
        });
    }

    private Registered registered(String topic, Schema schema) {
        return new Registered(topic, settings.subject(topic, false, schema.getFullName()), settings.shared(schema));
    }

    private static Schema schema(Class<? extends SpecificRecord> type) {
        return GeneratedClasses.data().getSchema(type);
    }
}
