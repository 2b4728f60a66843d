package io.keyward.registry.client;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.apache.avro.Schema;

/// Remembers what the registry answered: ids and schemas for ever, as they never change; the absence of a schema and
/// which version is the latest for a while. Failures are not remembered.
public final class CachingSchemaRegistry implements SchemaRegistry {
    private final SchemaRegistry registry;
    private final Memory<SubjectSchema, Integer> registered;
    private final Memory<SubjectSchema, Integer> lookedUp;
    private final Memory<SchemaId, Schema> schemas;
    private final Memory<String, SchemaVersion> latest;

    /// The text tells apart what Avro takes for equal, such as schemas that differ in documentation.
    private record SubjectSchema(String subject, String text) {}

    public CachingSchemaRegistry(SchemaRegistry registry, CacheLimits limits) {
        this(registry, limits, InstantSource.system());
    }

    CachingSchemaRegistry(SchemaRegistry registry, CacheLimits limits, InstantSource clock) {
        this.registry = registry;
        registered = memory(limits, CacheLimits.FOREVER, Duration.ZERO, clock);
        lookedUp = memory(limits, CacheLimits.FOREVER, Duration.ZERO, clock);
        schemas = memory(limits, CacheLimits.FOREVER, limits.missing(), clock);
        latest = memory(limits, limits.latest(), Duration.ZERO, clock);
    }

    private static <K, V> Memory<K, V> memory(
            CacheLimits limits, Duration answers, Duration refusals, InstantSource clock) {
        return new Memory<>(limits.answers(), new Memory.Lifetimes(answers, refusals), clock);
    }

    @Override
    public int register(String subject, Schema schema) {
        return registered.of(new SubjectSchema(subject, schema.toString()), () -> registry.register(subject, schema));
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return lookedUp.of(new SubjectSchema(subject, schema.toString()), () -> registry.idOf(subject, schema));
    }

    @Override
    public Schema schemaOf(int id) {
        return schemas.of(new SchemaId.Numeric(id), () -> registry.schemaOf(id));
    }

    @Override
    public Schema schemaOf(UUID guid) {
        return schemas.of(new SchemaId.Guid(guid), () -> registry.schemaOf(guid));
    }

    @Override
    public SchemaVersion latestOf(String subject) {
        return latest.of(subject, () -> registry.latestOf(subject));
    }

    @Override
    public void close() {
        registry.close();
    }
}
