package io.keyward.sandbox.vault;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A key with its versions, oldest first. The last version is the current one.
///
/// @param operations the permitted operations, as Azure names them
/// @param deletedAt when it was deleted; it is purged after the retention period
/// @param denied whether Keyward has no role assignment for it
/// @param deniedToPolicy whether the enterprise policy has no role assignment for it
public record StoredKey(
        String name,
        @JsonUnwrapped KeyKind kind,
        List<String> operations,
        List<Version> versions,
        Optional<Instant> deletedAt,
        boolean denied,
        boolean deniedToPolicy) {
    static final int RETENTION_DAYS = 90;

    public StoredKey {
        operations = List.copyOf(operations);
        versions = List.copyOf(versions);
    }

    public Version current() {
        return versions.getLast();
    }

    public boolean isDeleted() {
        return deletedAt.isPresent();
    }

    /// The version with this id, or the current one if the id is empty.
    public Optional<Version> version(String id) {
        return id.isEmpty()
                ? Optional.of(current())
                : versions.stream()
                        .filter(version -> version.id().equalsIgnoreCase(id))
                        .findFirst();
    }

    Optional<Instant> purgedAt() {
        return deletedAt.map(at -> at.plus(Duration.ofDays(RETENTION_DAYS)));
    }

    StoredKey with(Version added) {
        List<Version> more = new ArrayList<>(versions);
        more.add(added);
        return new StoredKey(name, kind, operations, more, deletedAt, denied, deniedToPolicy);
    }

    StoredKey with(Version old, Version changed) {
        List<Version> all = versions.stream()
                .map(version -> version.equals(old) ? changed : version)
                .toList();
        return new StoredKey(name, kind, operations, all, deletedAt, denied, deniedToPolicy);
    }

    StoredKey withDeletedAt(Optional<Instant> at) {
        return new StoredKey(name, kind, operations, versions, at, denied, deniedToPolicy);
    }

    boolean deniedTo(Grantee grantee) {
        return switch (grantee) {
            case KEYWARD -> denied;
            case POLICY -> deniedToPolicy;
        };
    }

    StoredKey withDenied(boolean toKeyward, boolean toPolicy) {
        return new StoredKey(name, kind, operations, versions, deletedAt, toKeyward, toPolicy);
    }
}
