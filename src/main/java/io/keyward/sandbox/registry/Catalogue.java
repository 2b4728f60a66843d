package io.keyward.sandbox.registry;

import java.util.List;
import java.util.function.Predicate;

/// Finds subjects and versions. Throws the error for the missing subject, version or schema.
record Catalogue(RegistryState state) {
    /// The versions that a request asks for.
    enum Scope {
        LIVE,
        ALL,
        DELETED_ONLY;

        static Scope of(RouteRequest request) {
            return request.flag("deletedOnly") ? DELETED_ONLY : request.flag("deleted") ? ALL : LIVE;
        }

        boolean includes(SubjectVersion version) {
            return switch (this) {
                case LIVE -> !version.deleted();
                case ALL -> true;
                case DELETED_ONLY -> version.deleted();
            };
        }
    }

    List<String> subjects(Scope scope, Predicate<String> wanted) {
        return state.all()
                .filter(scope::includes)
                .map(SubjectVersion::subject)
                .filter(wanted)
                .distinct()
                .toList();
    }

    /// The subject's versions in order, at least one.
    List<SubjectVersion> versions(String subject, Scope scope) {
        List<SubjectVersion> versions =
                state.versionsOf(subject).stream().filter(scope::includes).toList();
        if (versions.isEmpty()) {
            throw RegistryRefusedException.unknownSubject(subject);
        }
        return versions;
    }

    /// The version with this number, or the latest one.
    SubjectVersion version(String subject, String version, Scope scope) {
        int number = number(version);
        List<SubjectVersion> versions = versions(subject, scope);
        if (number == -1) {
            return versions.getLast();
        }
        return versions.stream()
                .filter(known -> known.version() == number)
                .findFirst()
                .orElseThrow(() -> RegistryRefusedException.unknownVersion(number));
    }

    /// The versions that have this schema. The schema must exist.
    List<SubjectVersion> uses(int id, Scope scope) {
        content(id);
        return state.all()
                .filter(version -> version.id() == id)
                .filter(scope::includes)
                .toList();
    }

    Content content(int id) {
        return state.contentOf(id).orElseThrow(() -> RegistryRefusedException.unknownSchema(Integer.toString(id)));
    }

    /// The versions whose schemas refer to this one.
    List<SubjectVersion> referrers(SubjectVersion version, Scope scope) {
        return state.all()
                .filter(scope::includes)
                .filter(other -> other.content().references().stream()
                        .anyMatch(reference -> reference.subject().equals(version.subject())
                                && reference.version() == version.version()))
                .toList();
    }

    static boolean isLatest(String version) {
        return number(version) == -1;
    }

    private static int number(String version) {
        if (version.equals("latest") || version.equals("-1")) {
            return -1;
        }
        try {
            int number = Integer.parseInt(version);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            throw RegistryRefusedException.invalidVersion(version);
        }
        throw RegistryRefusedException.invalidVersion(version);
    }
}
