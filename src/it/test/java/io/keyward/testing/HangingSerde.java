package io.keyward.testing;

import io.keyward.client.Topic;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.RegistrySettings;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.topology.contract.TopicSchemas;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/// Reads and writes what Keyward's own serde does, but the first thread that reads an event of one tenant hangs until
/// it is released. Kafka makes serdes from the name of their class, hence the static state; one test uses it at a time.
public final class HangingSerde implements Serde<Object> {
    public static final String TENANT = "hanging";

    private static AtomicBoolean armed = new AtomicBoolean();
    private static CountDownLatch released = new CountDownLatch(0);

    private SchemaRegistry registry;

    /// The next thread that reads an event of the tenant hangs.
    public static void arm() {
        released = new CountDownLatch(1);
        armed = new AtomicBoolean(true);
    }

    public static boolean hangs() {
        return !armed.get() && released.getCount() > 0;
    }

    public static void release() {
        released.countDown();
    }

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        registry = SchemaRegistry.connect(
                RegistrySettings.of(
                        Map.of("url", settings.get("schema.registry.url").toString())),
                new RegistryHealth());
    }

    @Override
    public Deserializer<Object> deserializer() {
        AvroDeserializer values = TopicSchemas.reader(registry, Topic.withSchema(Topic.Direction.IN));
        return (topic, value) -> hangingAt(values.deserialize(topic, value));
    }

    @Override
    public Serializer<Object> serializer() {
        AvroSerializer values = new AvroSerializer(registry, SerializerSettings.DEFAULT);
        return (topic, value) -> values.serialize(topic, (IndexedRecord) value);
    }

    @Override
    public void close() {
        registry.close();
    }

    private static Object hangingAt(IndexedRecord event) {
        Object tenant = event.get(event.getSchema().getField("tenantId").pos());
        if (tenant.equals(TENANT) && armed.compareAndSet(true, false)) {
            try {
                released.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
        return event;
    }
}
