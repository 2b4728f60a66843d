package io.keyward.config;

import io.keyward.domain.id.Identifiers;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// One file of [AuditFiles], checked. No message holds the value of a secret.
final class AuditFile {
    private static final String TENANT = "tenant";
    private static final String TOPIC = "topic";
    private static final String ACCEPTED_TOPIC = "the name of an Event Hub";
    private static final Pattern TOPICS = Pattern.compile("[a-zA-Z0-9._-]{1,256}");

    private final Path file;
    private final Map<String, String> settings = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Optional<AuditSource> source;

    AuditFile(Path file, PropertiesFile content) {
        this.file = file;
        content.settings().forEach((name, value) -> settings.put(name, value.strip()));
        content.doubled().forEach(name -> refuse(name + " is set more than once; keep one"));
        Optional<TenantId> tenant = required(TENANT, "the id of the tenant whose audit logs it holds")
                .flatMap(this::tenant);
        Optional<String> topic = required(TOPIC, ACCEPTED_TOPIC).filter(this::isTopic);
        Optional<String> servers = required(
                KeywardConfig.BOOTSTRAP_SERVERS, "the address of its namespace, NAMESPACE.servicebus.windows.net:9093");
        settings.keySet().removeAll(List.of(TENANT, TOPIC));
        checkClientSettings();
        source = problems.isEmpty() && servers.isPresent()
                ? Optional.of(new AuditSource(tenant.orElseThrow(), topic.orElseThrow(), Map.copyOf(settings)))
                : Optional.empty();
    }

    /// Each with the name of the file and the key.
    List<String> problems() {
        return problems;
    }

    /// Empty if there is a problem.
    Optional<AuditSource> source() {
        return source;
    }

    private Optional<String> required(String name, String accepted) {
        Optional<String> value = Optional.ofNullable(settings.get(name)).filter(text -> !text.isEmpty());
        if (value.isEmpty()) {
            refuse("%s is required; accepted is %s".formatted(name, accepted));
        }
        return value;
    }

    private Optional<TenantId> tenant(String id) {
        try {
            return Optional.of(new TenantId(Identifiers.parse(TENANT, id)));
        } catch (RefusedException refused) {
            problems.add("%s: %s".formatted(file, refused.getMessage()));
            return Optional.empty();
        }
    }

    private boolean isTopic(String name) {
        boolean valid = TOPICS.matcher(name).matches();
        if (!valid) {
            refuse("%s = %s: accepted is %s, of letters, digits, '.', '_' and '-'"
                    .formatted(TOPIC, name, ACCEPTED_TOPIC));
        }
        return valid;
    }

    private void checkClientSettings() {
        settings.forEach((name, value) -> {
            if (AuditSource.FIXED.containsKey(name)) {
                refuse("%s belongs to Keyward, which commits what Kafka has acknowledged; remove it".formatted(name));
            } else if (KafkaDefinitions.isKnownToConsumers(name)) {
                KafkaDefinitions.objection(name, value)
                        .ifPresent(reason -> refuse(
                                "%s = %s: Kafka refuses it: %s".formatted(name, Secrets.shown(name, value), reason)));
            } else if (UnknownSettings.plugIns(settings).findAny().isEmpty()) {
                // It may be a secret under a misspelt name, so its value is not shown.
                problems.add("%s: no consumer of Kafka's reads a setting %s.%s"
                        .formatted(
                                file,
                                name,
                                KafkaDefinitions.nearestOfConsumers(name)
                                        .map(" Did you mean %s?"::formatted)
                                        .orElse("")));
            }
        });
    }

    private void refuse(String problem) {
        problems.add("%s: %s%s".formatted(file, problem, problem.endsWith(".") ? "" : "."));
    }
}
