package io.keyward.sandbox.registry;

import io.keyward.registry.client.CompatibilityLevel;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The state after all changes. Applying a change never fails and has no side effects.
final class RegistryState {
    private static final String ALL = "";

    private final NavigableMap<String, NavigableMap<Integer, SubjectVersion>> subjects = new TreeMap<>();
    private final Map<Integer, Content> contents = new HashMap<>();
    private final Map<Content, Integer> ids = new HashMap<>();
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();
    private final Map<String, Mode> modes = new HashMap<>();
    private int highestId;

    void apply(Change change) {
        switch (change) {
            case Change.Registered registered -> register(registered);
            case Change.Deleted deleted ->
                versions(deleted.subject()).computeIfPresent(deleted.version(), (number, known) -> known.asDeleted());
            case Change.Purged purged -> purge(purged);
            case Change.LevelSet set -> levels.put(set.subject(), set.level());
            case Change.LevelReset reset -> levels.remove(reset.subject());
            case Change.ModeSet set -> modes.put(set.subject(), set.mode());
            case Change.ModeReset reset -> modes.remove(reset.subject());
        }
    }

    private void register(Change.Registered change) {
        versions(change.subject())
                .put(
                        change.version(),
                        new SubjectVersion(change.subject(), change.version(), change.id(), change.content(), false));
        contents.put(change.id(), change.content());
        ids.put(change.content(), change.id());
        highestId = Math.max(highestId, change.id());
    }

    private void purge(Change.Purged change) {
        SubjectVersion gone = versions(change.subject()).remove(change.version());
        if (versions(change.subject()).isEmpty()) {
            subjects.remove(change.subject());
        }
        if (all().noneMatch(version -> version.id() == gone.id())) {
            contents.remove(gone.id());
            ids.remove(gone.content());
        }
    }

    private NavigableMap<Integer, SubjectVersion> versions(String subject) {
        return subjects.computeIfAbsent(subject, name -> new TreeMap<>());
    }

    /// All versions of a subject in order, including deleted ones.
    Collection<SubjectVersion> versionsOf(String subject) {
        return List.copyOf(subjects.getOrDefault(subject, new TreeMap<>()).values());
    }

    /// All versions of all subjects, by subject and version, including deleted ones.
    Stream<SubjectVersion> all() {
        return subjects.values().stream().flatMap(versions -> versions.values().stream());
    }

    Optional<Content> contentOf(int id) {
        return Optional.ofNullable(contents.get(id));
    }

    Optional<Integer> idOf(Content content) {
        return Optional.ofNullable(ids.get(content));
    }

    int highestId() {
        return highestId;
    }

    CompatibilityLevel level() {
        return levels.getOrDefault(ALL, CompatibilityLevel.BACKWARD);
    }

    Optional<CompatibilityLevel> levelOf(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    Mode mode() {
        return modes.getOrDefault(ALL, Mode.READWRITE);
    }

    Optional<Mode> modeOf(String subject) {
        return Optional.ofNullable(modes.get(subject));
    }

    /// The mode that applies to a subject: its own, unless the global mode overrides all others.
    Mode effectiveMode(String subject) {
        return mode() == Mode.READONLY_OVERRIDE ? mode() : modeOf(subject).orElse(mode());
    }
}
