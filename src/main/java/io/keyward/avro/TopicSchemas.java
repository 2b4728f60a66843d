package io.keyward.avro;

import io.keyward.registry.AvroSerializer;
import io.keyward.registry.SchemaRegistry;
import io.keyward.registry.SerializerSettings;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;

/// Brings the schemas of topics and a registry together before the first record does.
///
/// Its methods pass on what the registry throws: it does not answer, or refuses a schema.
public final class TopicSchemas {
    private final SchemaRegistry registry;
    private final UnaryOperator<String> names;

    /// @param names the topic's name on the cluster, for its name without prefix
    public TopicSchemas(SchemaRegistry registry, UnaryOperator<String> names) {
        this.registry = registry;
        this.names = names;
    }

    /// Resolves every output schema to its id, registering it if the settings say so.
    public void resolveOutputs(SerializerSettings settings) {
        prepare(TopicRecords.ofOutputs(), settings);
    }

    /// Registers the schemas of all topics under their default subjects, inputs included.
    public void registerAll() {
        prepare(TopicRecords.ofInputs(), SerializerSettings.DEFAULT);
        prepare(TopicRecords.ofOutputs(), SerializerSettings.DEFAULT);
    }

    private void prepare(Map<String, Class<? extends SpecificRecord>> topics, SerializerSettings settings) {
        AvroSerializer serializer = new AvroSerializer(registry, settings);
        topics.forEach((topic, type) ->
                serializer.prepare(names.apply(topic), GeneratedClasses.data().getSchema(type)));
    }
}
