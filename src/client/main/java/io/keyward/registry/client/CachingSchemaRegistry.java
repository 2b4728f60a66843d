package io.keyward.registry.client;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/// Caches the registry's answers. Ids and schemas never change, so they do not expire. The absence of a schema
/// and the latest version expire. Failures are not cached. Threads do not wait for each other, so two threads
/// may ask for the same thing at the same time.
public final class CachingSchemaRegistry implements SchemaRegistry {
    private final SchemaRegistry registry;
    private final ExpiringCache<SubjectSchema, Integer> registered;
    private final ExpiringCache<SubjectSchema, Integer> lookedUp;
    private final ExpiringCache<SchemaId, Schema> schemas;
    private final ExpiringCache<SchemaId, RegistryRefusalException> missing;
    private final ExpiringCache<String, SchemaVersion> latest;

    /// Compares the schema's text, because schemas that differ in documentation, for example, are equal in
    /// Avro.
    private record SubjectSchema(String subject, String text) {}

    public CachingSchemaRegistry(SchemaRegistry registry, CacheLimits limits) {
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
        return cached(
                registered, new SubjectSchema(subject, schema.toString()), () -> registry.register(subject, schema));
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return cached(lookedUp, new SubjectSchema(subject, schema.toString()), () -> registry.idOf(subject, schema));
    }

    @Override
    public SchemaVersion latestOf(String subject) {
        return cached(latest, subject, () -> registry.latestOf(subject));
    }

    @Override
    public Schema schemaOf(SchemaId id) {
        missing.get(id).ifPresent(refusal -> {
            throw new RegistryRefusalException(refusal.code(), refusal.getMessage());
        });
        try {
            return cached(schemas, id, () -> registry.schemaOf(id));
        } catch (RegistryRefusalException reason) {
            missing.put(id, reason);
            throw reason;
        }
    }

    private static <K, V> V cached(ExpiringCache<K, V> answers, K key, Supplier<V> question) {
        Optional<V> known = answers.get(key);
        if (known.isPresent()) {
            return known.get();
        }
        V answer = question.get();
        answers.put(key, answer);
        return answer;
    }

    @Override
    public void close() {
        registry.close();
    }
}
