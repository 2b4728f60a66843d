package io.keyward.registry.external;

import io.keyward.registry.ValueReader;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.ValueWriter;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.Retries;
import io.keyward.registry.client.RetryPolicy;
import io.keyward.registry.client.SchemaId;
import io.keyward.registry.client.SettingNames;
import io.keyward.registry.wire.AvroModel;
import io.keyward.registry.wire.Datum;
import io.keyward.registry.wire.WireFormat;
import io.keyward.registry.wire.WrongSchemaException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/// Adapts an external serde, such as Confluent's own. It waits while the registry is unavailable, and
/// distinguishes records that can never be read from records that must wait.
public final class ExternalSerde implements ValueSerde {
    /// Defaults of settings that are not configured.
    private static final Map<String, String> STANDARD =
            Map.of("specific.avro.reader", "true", "avro.remove.java.properties", "true");

    /// The prefix of some of Confluent's setting names that Keyward's names do not have.
    private static final String PREFIX = "schema.registry.";

    private final Class<?> type;
    private final Map<String, String> settings;
    private final Retries retries;
    private final List<Serde<Object>> made = new ArrayList<>();

    private ExternalSerde(Class<?> type, Map<String, String> settings, Retries retries) {
        this.type = type;
        this.settings = settings;
        this.retries = retries;
    }

    /// Loads the class and creates one instance, so that errors show at startup.
    ///
    /// @param className the class of a Kafka serde with a constructor without parameters
    /// @param names its settings under Confluent's names, including those of [RetryPolicy]
    /// @throws IllegalArgumentException if the class does not exist or cannot be instantiated with these settings
    public static ExternalSerde load(String className, Map<String, String> names, RegistryHealth health) {
        ExternalSerde serde = new ExternalSerde(
                found(className), confluentNames(names), new Retries(RetryPolicy.of(new SettingNames(names)), health));
        try {
            serde.make();
            return serde;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError unusable) {
            throw new IllegalArgumentException(
                    className + " cannot be used as a serde: " + ExternalSerdeFailures.reason(unusable), unusable);
        }
    }

    private static Class<?> found(String className) {
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return Class.forName(className, true, loader == null ? ExternalSerde.class.getClassLoader() : loader);
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new IllegalArgumentException(
                    className
                            + " is not on the classpath; Confluent's own classes come with the Maven profile confluent",
                    missing);
        }
    }

    private static Map<String, String> confluentNames(Map<String, String> names) {
        Map<String, String> settings = new TreeMap<>(STANDARD);
        names.forEach((name, value) ->
                settings.put(name.equals("url") || name.startsWith("ssl.") ? PREFIX + name : name, value));
        settings.remove(RetryPolicy.DEADLINE);
        return settings;
    }

    @SuppressWarnings("unchecked") // a serde of another type fails when it reads or writes
    private synchronized Serde<Object> make() throws ReflectiveOperationException {
        Serde<Object> serde = (Serde<Object>)
                type.asSubclass(Serde.class).getDeclaredConstructor().newInstance();
        made.add(serde);
        serde.configure(settings, false);
        return serde;
    }

    private Serde<Object> another() {
        try {
            return make();
        } catch (ReflectiveOperationException gone) {
            throw new IllegalStateException(type.getName() + " could be created at startup, but not now", gone);
        }
    }

    @Override
    public ValueReader reader(Collection<Schema> expected) {
        Deserializer<Object> deserializer = another().deserializer();
        return (topic, headers, value) -> read(deserializer, topic, headers, value);
    }

    private ValueReader.Decoded read(Deserializer<Object> deserializer, String topic, Headers headers, byte[] value) {
        SchemaId id =
                WireFormat.read(value, headers, WireFormat.VALUE_SCHEMA_HEADER).schema();
        Object read = retries.of(() -> {
            try {
                return deserializer.deserialize(topic, new RecordHeaders(headers), value);
            } catch (RuntimeException | StackOverflowError failure) {
                throw ExternalSerdeFailures.ofReading(failure, id);
            }
        });
        if (read instanceof SpecificRecord data) {
            return new ValueReader.Decoded(data.getSchema().getFullName(), id, data);
        }
        throw new WrongSchemaException("the value with " + id + " has none of the expected record schemas");
    }

    @Override
    public ValueWriter writer() {
        return new Writer(another().serializer(), retries, AvroModel.specific(ExternalSerde.class.getClassLoader()));
    }

    private record Writer(Serializer<Object> serializer, Retries retries, SpecificData model) implements ValueWriter {
        @Override
        public byte[] serialize(String topic, Headers headers, IndexedRecord value) {
            return retries.of(() -> {
                try {
                    return serializer.serialize(topic, headers, value);
                } catch (RuntimeException failure) {
                    throw ExternalSerdeFailures.ofWriting(failure);
                }
            });
        }

        /// Converts the datum to an object, because Kafka's serializers accept nothing else.
        @Override
        public byte[] serialize(String topic, Headers headers, Datum value) {
            return serialize(topic, headers, value.object(model));
        }

        /// Does nothing, because Kafka's serializers need a value before they call the registry.
        @Override
        public void prepare(String topic, Schema schema) {}
    }

    @Override
    public void close() {
        retries.close();
        synchronized (this) {
            made.forEach(Serde::close);
            made.clear();
        }
    }
}
