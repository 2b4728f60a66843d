package io.keyward.registry.client;

import java.util.List;

/// Settings of Confluent's clients that Keyward does not support. A setting is accepted if its value is what
/// Keyward does anyway. Any other value is rejected with a hint, so that no setting is ignored silently.
final class UnsupportedSettings {
    private static final String GENUINE = "this needs Confluent's own classes, see keyward.registry.serde";
    private static final String GENERATED = "records are instances of generated classes";
    private static final String CHOSEN = "use.latest.version and auto.register.schemas choose the schema";
    private static final String BOUNDED = "max.schemas.per.subject bounds every cache";
    private static final String RULES = "rules of data contracts are not run; " + GENUINE;

    private static final String CONFLUENT = "io.confluent.kafka.serializers.";
    private static final String PREFIX = CONFLUENT + "schema.id.PrefixSchemaIdSerializer";
    private static final String PREFIXED =
            "the schema id is always written before the datum, where every reader looks for it";
    private static final String DUAL = CONFLUENT + "schema.id.DualSchemaIdDeserializer";
    private static final String READ_BOTH = "schema ids are read from headers and from the bytes before the datum";
    private static final String NO_CONTEXT = CONFLUENT + "context.NullContextNameStrategy";

    /// The first entry that covers a name applies.
    private static final List<Fixed> FIXED = List.of(
            new Fixed("url.randomize", "false", "the URLs are tried in the given order; change the order instead"),
            new Fixed("latest.cache.size", "", BOUNDED),
            new Fixed("missing.cache.size", "", BOUNDED),
            new Fixed("missing.schema.cache.ttl.sec", "0", "missing schemas are never cached"),
            new Fixed("missing.version.cache.ttl.sec", "0", "missing versions are never cached"),
            new Fixed("use.apache.http.client", "false", "requests are sent by the JDK's own client"),
            new Fixed("propagate.schema.tags", "false", GENUINE),
            new Fixed("use.schema.id", "-1", CHOSEN),
            new Fixed("use.schema.guid", "", CHOSEN),
            new Fixed("use.latest.with.metadata", "", GENUINE),
            new Fixed("id.compatibility.strict", "true", "no schema is chosen by its id"),
            new Fixed("schema.format", "", "schemas are registered as Avro prints them"),
            new Fixed("schema.reflection", "false", GENERATED),
            new Fixed("avro.reflection.allow.null", "false", GENERATED),
            new Fixed("avro.use.logical.type.converters", "true", "times are read and written as instants"),
            new Fixed("avro.fail.on.trailing.data", "true", "bytes after a datum are always refused"),
            new Fixed("specific.avro.reader", "true", GENERATED),
            new Fixed("specific.avro.key.type", "", "keys are strings"),
            new Fixed("specific.avro.value.type", "", "the topic determines the type of its values"),
            new Fixed("context.name.strategy", NO_CONTEXT, "subjects are always in the default context"),
            new Fixed("key.schema.id.serializer", PREFIX, PREFIXED),
            new Fixed("value.schema.id.serializer", PREFIX, PREFIXED),
            new Fixed("key.schema.id.deserializer", DUAL, READ_BOTH),
            new Fixed("value.schema.id.deserializer", DUAL, READ_BOTH),
            new Fixed("bearer.auth.", "", "only a static token is supported; " + GENUINE),
            new Fixed("execution.environment", "", RULES),
            new Fixed("rule.", "", RULES),
            new Fixed("validation.rules.", "", RULES));

    private UnsupportedSettings() {}

    /// A setting that may have one value only. A `start` that ends with a dot covers all names that begin with
    /// it. `only` is empty if no value is accepted.
    private record Fixed(String start, String only, String because) {
        boolean covers(String name) {
            return start.endsWith(".") ? name.startsWith(start) : name.equals(start);
        }

        String refusal(String name) {
            return "%s is not supported: %s (%s)"
                    .formatted(name, because, only.isEmpty() ? "remove it" : "remove it, or set it to " + only);
        }
    }

    /// Checks the settings that were not read. No message shows a value, because it may be secret.
    ///
    /// @throws IllegalArgumentException if a setting is not supported; the message names it and says why
    static void check(SettingNames names) {
        names.left()
                .forEach((name, value) -> FIXED.stream()
                        .filter(fixed -> fixed.covers(name))
                        .findFirst()
                        .ifPresent(fixed -> {
                            if (!value.equalsIgnoreCase(fixed.only())) {
                                throw new IllegalArgumentException(fixed.refusal(name));
                            }
                            names.text(name);
                        }));
    }
}
