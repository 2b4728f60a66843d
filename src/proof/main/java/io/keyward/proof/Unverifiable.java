package io.keyward.proof;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.Optional;

/// Something that could be neither proved nor disproved. It never counts as passed.
///
/// @param tenant empty if it is about a whole partition
/// @param environment empty if it is about a tenant or a whole partition
/// @param sentence why
public record Unverifiable(
        String topic, int partition, Optional<TenantId> tenant, Optional<EnvironmentId> environment, String sentence) {
    /// Something about a whole partition.
    public static Unverifiable of(String topic, int partition, String sentence) {
        return new Unverifiable(topic, partition, Optional.empty(), Optional.empty(), sentence);
    }

    /// One line for people.
    @Override
    public String toString() {
        return "%s partition %d: %s%s".formatted(topic, partition, ProofFinding.subject(tenant, environment), sentence);
    }
}
