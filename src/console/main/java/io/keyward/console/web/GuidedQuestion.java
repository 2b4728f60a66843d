package io.keyward.console.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The common questions of the page "What if", each with the event that it asks about.
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
    record Field(String parameter, String label, String example, Input input, boolean required) {}

    /// How a field is filled in: with a text, a day, or a name that is suggested.
    enum Input {
        TEXT,
        DAY,
        TENANT,
        ENVIRONMENT,
        POLICY,
        VAULT,
        KEY;

        String type() {
            return this == DAY ? "date" : "text";
        }

        /// The kind of names that are suggested; null if none are.
        String suggested() {
            return this == TEXT || this == DAY ? null : name();
        }
    }

    private static final Field TENANT = new Field("tenantId", "Tenant", "contoso", Input.TENANT, true);
    private static final Field ENVIRONMENT =
            new Field("environmentId", "Environment", "finance-prod", Input.ENVIRONMENT, true);
    private static final Field POLICY = new Field("policyId", "Policy", "cmk-finance", Input.POLICY, true);
    private static final Field VAULT =
            new Field("vaultUri", "Vault", "https://kv-contoso.vault.azure.net", Input.VAULT, true);
    private static final Field KEY = new Field("keyName", "Key", "finance", Input.KEY, true);
    private static final Field VERSION = new Field("keyVersion", "Version", "the whole key", Input.TEXT, false);
    private static final Field ONE_VERSION = new Field("keyVersion", "Version", "2", Input.TEXT, true);
    private static final Field PINNED =
            new Field("keyVersion", "Pinned version", "follows rotation", Input.TEXT, false);
    private static final List<Field> OF_KEY = List.of(VAULT, KEY, VERSION, PINNED);
    private static final Field NEW_VERSION = new Field("newVersion", "New version", "3", Input.TEXT, true);
    private static final Field EXPIRES = new Field("expiresAt", "Expires on (UTC)", "2026-12-31", Input.DAY, true);
    private static final Field MAY_EXPIRE = new Field("expiresAt", "Expires on (UTC)", "", Input.DAY, false);

    private final String words;
    private final String topic;

    GuidedQuestion(String words, String topic) {
        this.words = words;
        this.topic = topic;
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

    /// The event line that asks this.
    ///
    /// @param values by the fields' parameters; blank ones are left out
    String line(Map<String, String> values, Instant now) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.put("eventId", "what-if-" + now.toEpochMilli());
        value.put("occurredAt", now.toString());
        ObjectNode place = this == APPLY ? JsonNodeFactory.instance.objectNode() : value;
        for (Field field : fields()) {
            String given = values.getOrDefault(field.parameter(), "").strip();
            if (!given.isEmpty()) {
                (OF_KEY.contains(field) ? place : value)
                        .put(field.parameter(), field.input() == Input.DAY ? given + "T00:00:00Z" : given);
            }
        }
        if (this == APPLY) {
            value.set("key", place);
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
