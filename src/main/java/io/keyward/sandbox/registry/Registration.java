package io.keyward.sandbox.registry;

import io.keyward.registry.client.CompatibilityLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rules for registering a schema as a version of a subject.
record Registration(RegistryState state, SchemaReader reader) {
    Outcome register(String subject, SchemaReader.Candidate candidate) {
        Mode mode = state.effectiveMode(subject);
        if (mode.forbidsWriting()) {
            throw RegistryRefusedException.notPermitted("Subject " + subject + " is in read-only mode");
        }
        if (candidate.id().isPresent() != (mode == Mode.IMPORT)) {
            throw RegistryRefusedException.notPermitted("Subject " + subject
                    + (mode == Mode.IMPORT ? " is in import mode: give the schema's id" : " is not in import mode"));
        }
        return mode == Mode.IMPORT ? imported(subject, candidate) : added(subject, candidate);
    }

    private Outcome added(String subject, SchemaReader.Candidate candidate) {
        Optional<SubjectVersion> known = known(subject, candidate.content());
        if (known.isPresent()) {
            return Outcome.reply(Replies.version(known.get()));
        }
        CompatibilityLevel level = state.levelOf(subject).orElse(state.level());
        List<String> conflicts = conflicts(level, candidate, live(subject));
        if (!conflicts.isEmpty()) {
            throw RegistryRefusedException.incompatible(subject, conflicts);
        }
        int id = state.idOf(candidate.content()).orElse(state.highestId() + 1);
        return version(subject, nextVersion(subject), id, candidate.content());
    }

    private Outcome imported(String subject, SchemaReader.Candidate candidate) {
        int id = candidate.id().orElseThrow();
        Content there = state.contentOf(id).orElse(candidate.content());
        if (!there.equals(candidate.content())) {
            throw RegistryRefusedException.otherId(id);
        }
        return version(subject, candidate.version().orElse(nextVersion(subject)), id, candidate.content());
    }

    private static Outcome version(String subject, int version, int id, Content content) {
        return Outcome.change(
                Replies.version(new SubjectVersion(subject, version, id, content, false)),
                List.of(new Change.Registered(subject, version, id, content)));
    }

    /// The subject's version with this content, the newest one if there are several.
    Optional<SubjectVersion> known(String subject, Content content) {
        return live(subject).reversed().stream()
                .filter(version -> version.content().answers(content))
                .findFirst();
    }

    /// The reasons why a candidate is incompatible with `earlier`, newest version first. Empty if it is
    /// compatible.
    List<String> conflicts(CompatibilityLevel level, SchemaReader.Candidate candidate, List<SubjectVersion> earlier) {
        List<String> conflicts = new ArrayList<>();
        earlier.reversed().stream()
                .limit(level.isTransitive() ? earlier.size() : 1)
                .forEach(version -> {
                    List<String> found = level.conflicts(candidate.schema(), reader.schema(version.content()));
                    conflicts.addAll(found);
                    if (!found.isEmpty()) {
                        conflicts.add("{oldSchemaVersion: " + version.version() + "}");
                        conflicts.add("{oldSchema: '" + version.content().schema() + "'}");
                    }
                });
        if (!conflicts.isEmpty()) {
            conflicts.add("{compatibility: '" + level + "'}");
        }
        return conflicts;
    }

    private List<SubjectVersion> live(String subject) {
        return state.versionsOf(subject).stream()
                .filter(version -> !version.deleted())
                .toList();
    }

    private int nextVersion(String subject) {
        return state.versionsOf(subject).stream()
                        .mapToInt(SubjectVersion::version)
                        .max()
                        .orElse(0)
                + 1;
    }
}
