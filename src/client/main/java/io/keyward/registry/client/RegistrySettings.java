package io.keyward.registry.client;

import io.keyward.registry.client.SerializerSettings.Choice;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// All settings of the schema registry and the serde. Printing them shows no secret.
///
/// @param renewed gives the connection as its files say by now; asked after a failure
public record RegistrySettings(
        Connection connection,
        RetryPolicy retry,
        CacheLimits cache,
        SerializerSettings serializer,
        Optional<Supplier<Connection>> renewed) {
    public RegistrySettings(
            Connection connection, RetryPolicy retry, CacheLimits cache, SerializerSettings serializer) {
        this(connection, retry, cache, serializer, Optional.empty());
    }

    /// These settings, with a connection that is renewed.
    public RegistrySettings renewedBy(Supplier<Connection> source) {
        return new RegistrySettings(connection, retry, cache, serializer, Optional.of(source));
    }

    /// Reads settings under Confluent's names (`schema.registry.url`, `basic.auth.user.info` …). The defaults
    /// suit a stream thread: a call fails within `retries.deadline.ms` (Keyward's own setting; one minute),
    /// well before the thread's `max.poll.interval.ms`.
    ///
    /// @throws IllegalArgumentException if a setting is missing, unknown or invalid; the message names it
    public static RegistrySettings of(Map<String, ?> confluentNames) {
        SettingNames names = new SettingNames(confluentNames);
        RegistrySettings settings = new RegistrySettings(
                ConnectionReader.read(names), RetryPolicy.of(names), cache(names), serializer(names));
        UnsupportedSettings.check(names);
        names.requireNothingElse();
        return settings;
    }

    private static CacheLimits cache(SettingNames names) {
        return new CacheLimits(
                names.seconds("missing.id.cache.ttl.sec", Duration.ofSeconds(10)),
                names.secondsOrForever("latest.cache.ttl.sec", CacheLimits.FOREVER),
                names.count("max.schemas.per.subject", 1_000));
    }

    private static SerializerSettings serializer(SettingNames names) {
        boolean latest = names.flag("use.latest.version", false);
        boolean register = names.flag("auto.register.schemas", !latest);
        if (latest && register) {
            throw new IllegalArgumentException("use.latest.version=true and auto.register.schemas=true exclude each"
                    + " other: expected at most one of them");
        }
        return new SerializerSettings(
                latest ? Choice.LATEST : register ? Choice.REGISTER : Choice.LOOK_UP,
                names.flag("latest.compatibility.strict", true),
                names.flag("normalize.schemas", false),
                !names.flag("avro.remove.java.properties", true),
                names.parsed("key.subject.name.strategy", SubjectNameStrategy.TOPIC, SubjectNameStrategy::of),
                names.parsed("value.subject.name.strategy", SubjectNameStrategy.TOPIC, SubjectNameStrategy::of));
    }
}
