package io.keyward.registry.client;

import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/// Caches the registry's answers. Ids and schemas never change, so they do not expire. The absence of a schema
/// and the latest version expire. Failures are not cached. Threads do not wait for each other, so two threads
/// may ask for the same thing at the same time.
final class CachingSchemaRegistry implements SchemaRegistry {
    private final SchemaRegistry registry;
    private final ExpiringCache<SubjectSchema, Integer> registered;
    private final ExpiringCache<SubjectSchema, Integer> lookedUp;
    private final ExpiringCache<SchemaId, Schema> schemas;
    private final ExpiringCache<SchemaId, RegistryRefusalException> missing;
    private final ExpiringCache<String, SchemaVersion> latest;

    /// Compares the schema's text, because schemas that differ in documentation, for example, are equal in
    /// Avro.
    private record SubjectSchema(String subject, String text) {
        SubjectSchema(String subject, Schema schema) {
            this(subject, schema.toString());
        }
    }

    CachingSchemaRegistry(SchemaRegistry registry, CacheLimits limits) {
        this(registry, limits, System::nanoTime);
    }

    CachingSchemaRegistry(SchemaRegistry registry, CacheLimits limits, LongSupplier clock) {
        this.registry = registry;
        registered = new ExpiringCache<>(limits.answers(), CacheLimits.FOREVER, clock);
        lookedUp = new ExpiringCache<>(limits.answers(), CacheLimits.FOREVER, clock);
        schemas = new ExpiringCache<>(limits.answers(), CacheLimits.FOREVER, clock);
        missing = new ExpiringCache<>(limits.answers(), limits.missing(), clock);
        latest = new ExpiringCache<>(limits.answers(), limits.latest(), clock);
    }

    @Override
    public int register(String subject, Schema schema) {
        return registered.get(new SubjectSchema(subject, schema), () -> registry.register(subject, schema));
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return lookedUp.get(new SubjectSchema(subject, schema), () -> registry.idOf(subject, schema));
    }

    @Override
    public SchemaVersion latestOf(String subject) {
        return latest.get(subject, () -> registry.latestOf(subject));
    }

    @Override
    public Schema schemaOf(SchemaId id) {
        missing.get(id).ifPresent(refusal -> {
            throw new RegistryRefusalException(refusal.code(), refusal.getMessage());
        });
        try {
            return schemas.get(id, () -> registry.schemaOf(id));
        } catch (RegistryRefusalException reason) {
            missing.put(id, reason);
            throw reason;
        }
    }

    @Override
    public void close() {
        registry.close();
    }
}
