package io.keyward.registry.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.avro.Schema;

/// A registry within this process. Ids and versions count from 1. Nothing is stored permanently.
///
/// Registering does not check compatibility; [#conflicts] does.
public final class InMemorySchemaRegistry implements SchemaRegistry {
    private final NavigableMap<String, List<String>> subjects = new TreeMap<>();
    private final List<String> texts = new ArrayList<>();
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();

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
        return idOf(text);
    }

    /// The names of all subjects, sorted.
    public synchronized List<String> subjects() {
        return List.copyOf(subjects.navigableKeySet());
    }

    /// The versions of a subject in order, at least one.
    public synchronized List<SchemaVersion> versionsOf(String subject) {
        requireKnown(subject);
        List<SchemaVersion> parsed = new ArrayList<>();
        for (String text : subjects.get(subject)) {
            parsed.add(new SchemaVersion(subject, parsed.size() + 1, idOf(text), SchemaText.parse(text, List.of())));
        }
        return parsed;
    }

    private void requireKnown(String subject) {
        if (!subjects.containsKey(subject)) {
            throw new RegistryRefusalException(
                    RegistryRefusalException.SUBJECT_NOT_FOUND, "Subject '" + subject + "' not found.");
        }
    }

    /// The version of the subject that has this schema; empty if there is none.
    public synchronized Optional<SchemaVersion> find(String subject, Schema schema) {
        int at = subjects.getOrDefault(subject, List.of()).indexOf(schema.toString());
        return at < 0 ? Optional.empty() : Optional.of(versionsOf(subject).get(at));
    }

    /// The version of the subject that has this schema.
    public synchronized SchemaVersion versionOf(String subject, Schema schema) {
        requireKnown(subject);
        return find(subject, schema).orElseThrow(() -> unknown("posted"));
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return versionOf(subject, schema).id();
    }

    private int idOf(String text) {
        return texts.indexOf(text) + 1;
    }

    @Override
    public synchronized Schema schemaOf(SchemaId id) {
        if (id instanceof SchemaId.Numeric numeric) {
            return schemaOf(text -> idOf(text) == numeric.value(), numeric.value());
        }
        UUID guid = ((SchemaId.Guid) id).value();
        return schemaOf(text -> guidOf(text).equals(guid), guid);
    }

    private Schema schemaOf(Predicate<String> wanted, Object id) {
        return texts.stream()
                .filter(wanted)
                .findFirst()
                .map(text -> SchemaText.parse(text, List.of()))
                .orElseThrow(() -> unknown(id.toString()));
    }

    @Override
    public SchemaVersion latestOf(String subject) {
        List<SchemaVersion> versions = versionsOf(subject);
        return versions.get(versions.size() - 1);
    }

    /// The incompatibilities with the versions that the subject's level compares with, the
    /// newest version first.
    public synchronized List<String> conflicts(String subject, Schema schema) {
        if (!subjects.containsKey(subject)) {
            return List.of();
        }
        CompatibilityLevel level = levelOf(subject);
        List<SchemaVersion> newestFirst = new ArrayList<>(versionsOf(subject));
        Collections.reverse(newestFirst);
        List<String> conflicts = new ArrayList<>();
        for (SchemaVersion version : level.isTransitive() ? newestFirst : newestFirst.subList(0, 1)) {
            List<String> found = level.conflicts(schema, version.schema());
            conflicts.addAll(found);
            if (!found.isEmpty()) {
                conflicts.add("{oldSchemaVersion: " + version.version() + "}");
                conflicts.add("{oldSchema: '" + version.schema() + "'}");
            }
        }
        if (!conflicts.isEmpty()) {
            conflicts.add("{compatibility: '" + level + "'}");
        }
        return conflicts;
    }

    public synchronized CompatibilityLevel levelOf(String subject) {
        return levels.getOrDefault(subject, CompatibilityLevel.BACKWARD);
    }

    public synchronized void setLevel(String subject, CompatibilityLevel level) {
        levels.put(subject, level);
    }

    public static UUID guidOf(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RegistryRefusalException unknown(String what) {
        return new RegistryRefusalException(RegistryRefusalException.SCHEMA_NOT_FOUND, "Schema " + what + " not found");
    }
}
