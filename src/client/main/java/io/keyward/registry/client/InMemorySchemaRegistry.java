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
    private final NavigableMap<String, List<SchemaVersion>> subjects = new TreeMap<>();

    /// Of all schemas, in the order of their ids.
    private final List<String> texts = new ArrayList<>();

    private final Map<String, CompatibilityLevel> levels = new HashMap<>();

    @Override
    public synchronized int register(String subject, Schema schema) {
        String text = schema.toString();
        if (!texts.contains(text)) {
            texts.add(text);
        }
        int id = idOf(text);
        if (find(subject, schema).isEmpty()) {
            List<SchemaVersion> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
            versions.add(new SchemaVersion(subject, versions.size() + 1, id, schema));
        }
        return id;
    }

    /// The names of all subjects, sorted.
    public synchronized List<String> subjects() {
        return List.copyOf(subjects.navigableKeySet());
    }

    /// The versions of a subject in order, at least one.
    public synchronized List<SchemaVersion> versionsOf(String subject) {
        return Optional.ofNullable(subjects.get(subject))
                .map(List::copyOf)
                .orElseThrow(() -> new RegistryRefusalException(
                        RegistryRefusalException.SUBJECT_NOT_FOUND, "Subject '" + subject + "' not found."));
    }

    /// The version of the subject that has this schema; empty if there is none.
    public synchronized Optional<SchemaVersion> find(String subject, Schema schema) {
        return find(subjects.getOrDefault(subject, List.of()), schema);
    }

    /// The version of the subject that has this schema.
    public synchronized SchemaVersion versionOf(String subject, Schema schema) {
        return find(versionsOf(subject), schema).orElseThrow(() -> unknown("posted"));
    }

    private Optional<SchemaVersion> find(List<SchemaVersion> versions, Schema schema) {
        int id = idOf(schema.toString());
        return versions.stream().filter(version -> version.id() == id).findFirst();
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
        Predicate<String> wanted = id instanceof SchemaId.Numeric numeric
                ? text -> idOf(text) == numeric.value()
                : text -> guidOf(text).equals(((SchemaId.Guid) id).value());
        return texts.stream()
                .filter(wanted)
                .findFirst()
                .map(text -> SchemaText.parse(text, List.of()))
                .orElseThrow(() -> unknown(
                        id instanceof SchemaId.Numeric numeric ? numeric.value() : ((SchemaId.Guid) id).value()));
    }

    @Override
    public SchemaVersion latestOf(String subject) {
        List<SchemaVersion> versions = versionsOf(subject);
        return versions.get(versions.size() - 1);
    }

    /// The incompatibilities with the versions that the subject's level compares with, the
    /// newest version first.
    public synchronized List<String> conflicts(String subject, Schema schema) {
        CompatibilityLevel level = levelOf(subject);
        List<SchemaVersion> newestFirst = new ArrayList<>(subjects.getOrDefault(subject, List.of()));
        Collections.reverse(newestFirst);
        List<String> conflicts = new ArrayList<>();
        for (SchemaVersion version : newestFirst) {
            List<String> found = level.conflicts(schema, version.schema());
            conflicts.addAll(found);
            if (!found.isEmpty()) {
                conflicts.add("{oldSchemaVersion: " + version.version() + "}");
                conflicts.add("{oldSchema: '" + version.schema() + "'}");
            }
            if (!level.isTransitive()) {
                break;
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

    private static RegistryRefusalException unknown(Object what) {
        return new RegistryRefusalException(RegistryRefusalException.SCHEMA_NOT_FOUND, "Schema " + what + " not found");
    }
}
