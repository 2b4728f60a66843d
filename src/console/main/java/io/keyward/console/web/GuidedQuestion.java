package io.keyward.console.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.console.answer.SearchAnswer.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The common questions of the page "What if", each with the event that it stands for.
enum GuidedQuestion {
    DISABLE("A key or a version of it is disabled", "key-revoked"),
    RESTORE("A key or a version of it becomes usable again", "key-restored"),
    ROTATE("A key gets a new version", "key-rotated"),
    EXPIRE("A version of a key is to expire on a day", "key-expiring"),
    APPLY("A policy is applied to an environment", "policy-applied"),
    REMOVE("A policy is removed from an environment", "policy-removed");

    /// A field of the form.
    ///
    /// @param parameter the field of the event
    /// @param suggested the kind of names to suggest while it is filled in; empty for none
    /// @param isDay whether it is a day; otherwise it is a text
    record Field(
            String parameter,
            String label,
            String example,
            Optional<Kind> suggested,
            boolean isDay,
            boolean required) {}

    private static final Field TENANT = named("tenantId", "Tenant", "contoso", Kind.TENANT);
    private static final Field ENVIRONMENT = named("environmentId", "Environment", "finance-prod", Kind.ENVIRONMENT);
    private static final Field POLICY = named("policyId", "Policy", "cmk-finance", Kind.POLICY);
    private static final Field VAULT = named("vaultUri", "Vault", "https://kv-contoso.vault.azure.net", Kind.VAULT);
    private static final Field KEY = named("keyName", "Key", "finance", Kind.KEY);
    private static final Field VERSION = free("keyVersion", "Version", "the whole key", false);
    private static final Field ONE_VERSION = free("keyVersion", "Version", "2", true);
    private static final Field PINNED = free("keyVersion", "Pinned version", "follows rotation", false);
    private static final List<Field> OF_KEY = List.of(VAULT, KEY, VERSION, PINNED);
    private static final Field NEW_VERSION = free("newVersion", "New version", "3", true);
    private static final Field EXPIRES = expiry("2026-12-31", true);
    private static final Field MAY_EXPIRE = expiry("", false);

    private final String words;
    private final String topic;

    GuidedQuestion(String words, String topic) {
        this.words = words;
        this.topic = topic;
    }

    private static Field named(String parameter, String label, String example, Kind kind) {
        return new Field(parameter, label, example, Optional.of(kind), false, true);
    }

    private static Field free(String parameter, String label, String example, boolean required) {
        return new Field(parameter, label, example, Optional.empty(), false, required);
    }

    private static Field expiry(String example, boolean required) {
        return new Field("expiresAt", "Expires on (UTC)", example, Optional.empty(), true, required);
    }

    String words() {
        return words;
    }

    String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<Field> fields() {
        return switch (this) {
            case DISABLE, RESTORE -> List.of(TENANT, VAULT, KEY, VERSION);
            case ROTATE -> List.of(TENANT, VAULT, KEY, NEW_VERSION, MAY_EXPIRE);
            case EXPIRE -> List.of(TENANT, VAULT, KEY, ONE_VERSION, EXPIRES);
            case APPLY -> List.of(TENANT, ENVIRONMENT, POLICY, VAULT, KEY, PINNED);
            case REMOVE -> List.of(TENANT, ENVIRONMENT, POLICY);
        };
    }

    /// The event line for this question.
    ///
    /// @param values by the parameters of the fields; blank ones are left out
    String line(Map<String, String> values, Instant now) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.put("eventId", "what-if-" + now.toEpochMilli());
        value.put("occurredAt", now.toString());
        ObjectNode keyFields = this == APPLY ? JsonNodeFactory.instance.objectNode() : value;
        for (Field field : fields()) {
            String given = values.getOrDefault(field.parameter(), "").strip();
            if (!given.isEmpty()) {
                (OF_KEY.contains(field) ? keyFields : value)
                        .put(field.parameter(), field.isDay() ? given + "T00:00:00Z" : given);
            }
        }
        if (this == APPLY) {
            value.set("key", keyFields);
        }
        if (this == DISABLE) {
            value.put("cause", "KEY_DISABLED");
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("topic", topic);
        line.set("value", value);
        return line.toString();
    }
}
