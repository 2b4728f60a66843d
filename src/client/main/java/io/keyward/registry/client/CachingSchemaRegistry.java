package io.keyward.registry.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/// Caches the registry's answers. Ids and schemas never change, so they do not expire. The absence of a schema
/// and the latest version expire. Failures are not cached. Threads do not wait for each other, so two threads
/// may ask for the same thing at the same time.
public final class CachingSchemaRegistry implements SchemaRegistry {
    private final SchemaRegistry registry;
    private final Cache<SubjectSchema, Integer> registered;
    private final Cache<SubjectSchema, Integer> lookedUp;
    private final Cache<SchemaId, Schema> schemas;
    private final Cache<SchemaId, RegistryRefusalException> missing;
    private final Cache<String, SchemaVersion> latest;

    /// Compares the schema's text, because schemas that differ in documentation, for example, are equal in
    /// Avro.
    private record SubjectSchema(String subject, String text) {}

    public CachingSchemaRegistry(SchemaRegistry registry, CacheLimits limits) {
        this(registry, limits, Ticker.systemTicker());
    }

    CachingSchemaRegistry(SchemaRegistry registry, CacheLimits limits, Ticker ticker) {
        this.registry = registry;
        registered = cache(limits, CacheLimits.FOREVER, ticker);
        lookedUp = cache(limits, CacheLimits.FOREVER, ticker);
        schemas = cache(limits, CacheLimits.FOREVER, ticker);
        missing = cache(limits, limits.missing(), ticker);
        latest = cache(limits, limits.latest(), ticker);
    }

    private static <K, V> Cache<K, V> cache(CacheLimits limits, Duration lifetime, Ticker ticker) {
        Caffeine<Object, Object> cache = Caffeine.newBuilder()
                .maximumSize(limits.answers())
                .executor(Runnable::run)
                .ticker(ticker);
        return lifetime.equals(CacheLimits.FOREVER)
                ? cache.build()
                : cache.expireAfterWrite(lifetime).build();
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
        RegistryRefusalException refusal = missing.getIfPresent(id);
        if (refusal != null) {
            throw new RegistryRefusalException(refusal.code(), refusal.getMessage());
        }
        try {
            return cached(schemas, id, () -> registry.schemaOf(id));
        } catch (RegistryRefusalException reason) {
            missing.put(id, reason);
            throw reason;
        }
    }

    private static <K, V> V cached(Cache<K, V> answers, K key, Supplier<V> question) {
        V known = answers.getIfPresent(key);
        if (known != null) {
            return known;
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
