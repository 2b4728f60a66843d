package io.keyward.sandbox.registry;

import io.keyward.sandbox.registry.Catalogue.Scope;
import java.util.ArrayList;
import java.util.List;

/// The rules for deleting versions: a soft delete comes first, then a hard delete on request. A version that
/// others refer to cannot be deleted.
record Deletion(RegistryState state, Catalogue catalogue) {
    Outcome subject(String subject, boolean permanent) {
        requireWritable(subject);
        List<SubjectVersion> all = catalogue.versions(subject, Scope.ALL);
        List<SubjectVersion> live =
                all.stream().filter(version -> !version.deleted()).toList();
        if (permanent && !live.isEmpty()) {
            throw RegistryRefusedException.notYetDeleted(subject);
        }
        if (!permanent && live.isEmpty()) {
            throw RegistryRefusedException.alreadyDeleted(subject);
        }
        List<SubjectVersion> going = permanent ? all : live;
        going.forEach(this::requireUnreferenced);
        List<Change> changes = new ArrayList<>(
                going.stream().map(version -> gone(version, permanent)).toList());
        state.levelOf(subject).ifPresent(level -> changes.add(new Change.LevelReset(subject)));
        state.modeOf(subject).ifPresent(mode -> changes.add(new Change.ModeReset(subject)));
        return Outcome.change(going.stream().map(SubjectVersion::version).toList(), changes);
    }

    Outcome version(String subject, String number, boolean permanent) {
        requireWritable(subject);
        boolean latest = Catalogue.isLatest(number);
        SubjectVersion version = catalogue.version(subject, number, latest && !permanent ? Scope.LIVE : Scope.ALL);
        if (permanent && !version.deleted()) {
            throw RegistryRefusedException.versionNotYetDeleted(version);
        }
        if (!permanent && version.deleted()) {
            throw RegistryRefusedException.versionAlreadyDeleted(version);
        }
        requireUnreferenced(version);
        return Outcome.change(version.version(), List.of(gone(version, permanent)));
    }

    private static Change gone(SubjectVersion version, boolean permanent) {
        return permanent
                ? new Change.Purged(version.subject(), version.version())
                : new Change.Deleted(version.subject(), version.version());
    }

    private void requireWritable(String subject) {
        if (state.effectiveMode(subject).forbidsWriting()) {
            throw RegistryRefusedException.notPermitted("Subject " + subject + " is in read-only mode");
        }
    }

    private void requireUnreferenced(SubjectVersion version) {
        if (!catalogue.referrers(version, Scope.LIVE).isEmpty()) {
            throw RegistryRefusedException.referenced(version);
        }
    }
}
