package io.keyward.registry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.apache.avro.Schema;

/// Remembers what the registry answered: ids and schemas for ever, as they never change, and the absence of a schema
/// for a while. Failures and latest versions are not remembered.
public final class CachingSchemaRegistry implements SchemaRegistry {
    private final SchemaRegistry registry;
    private final Memory<SubjectSchema, Integer> registered;
    private final Memory<SubjectSchema, Integer> lookedUp;
    private final Memory<SchemaId, Schema> schemas;

    /// The text tells apart what Avro takes for equal, such as schemas that differ in documentation.
    private record SubjectSchema(String subject, String text) {}

    public CachingSchemaRegistry(SchemaRegistry registry, CacheLimits limits) {
        this(registry, limits, InstantSource.system());
    }

    CachingSchemaRegistry(SchemaRegistry registry, CacheLimits limits, InstantSource clock) {
        this.registry = registry;
        registered = new Memory<>(limits.answers(), Duration.ZERO, clock);
        lookedUp = new Memory<>(limits.answers(), Duration.ZERO, clock);
        schemas = new Memory<>(limits.answers(), limits.missing(), clock);
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
        return registry.latestOf(subject);
    }

    @Override
    public void close() {
        registry.close();
    }
}
