package io.keyward.registry.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;

/// A registry within this process, for runs without a cluster. Ids count from 1. Nothing is stored permanently.
public final class InMemorySchemaRegistry implements SchemaRegistry {
    private final Map<String, List<String>> subjects = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    @Override
    public synchronized int register(String subject, Schema schema) {
        String text = schema.toString();
        if (!texts.contains(text)) {
            texts.add(text);
        }
        List<String> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!versions.contains(text)) {
            versions.add(text);
        }
        return texts.indexOf(text) + 1;
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        String text = schema.toString();
        if (!versionsOf(subject).contains(text)) {
            throw new RegistryRefusalException(
                    RegistryRefusalException.SCHEMA_NOT_FOUND, "subject " + subject + " has no such schema");
        }
        return texts.indexOf(text) + 1;
    }

    @Override
    public synchronized Schema schemaOf(int id) {
        if (id < 1 || id > texts.size()) {
            throw unknown("id " + id);
        }
        return SchemaText.parse(texts.get(id - 1), List.of());
    }

    @Override
    public synchronized Schema schemaOf(UUID guid) {
        return texts.stream()
                .filter(text -> guidOf(text).equals(guid))
                .findFirst()
                .map(text -> SchemaText.parse(text, List.of()))
                .orElseThrow(() -> unknown("GUID " + guid));
    }

    @Override
    public synchronized SchemaVersion latestOf(String subject) {
        List<String> versions = versionsOf(subject);
        String latest = versions.getLast();
        return new SchemaVersion(
                subject, versions.size(), texts.indexOf(latest) + 1, SchemaText.parse(latest, List.of()));
    }

    private List<String> versionsOf(String subject) {
        List<String> versions = subjects.getOrDefault(subject, List.of());
        if (versions.isEmpty()) {
            throw new RegistryRefusalException(
                    RegistryRefusalException.SUBJECT_NOT_FOUND, "subject " + subject + " is unknown");
        }
        return versions;
    }

    public static UUID guidOf(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RegistryRefusalException unknown(String what) {
        return new RegistryRefusalException(
                RegistryRefusalException.SCHEMA_NOT_FOUND, "schema " + what + " is unknown");
    }
}
