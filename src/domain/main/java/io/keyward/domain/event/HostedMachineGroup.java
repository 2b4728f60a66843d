package io.keyward.domain.event;

import io.keyward.domain.id.GroupId;
import java.time.Instant;

/// A hosted machine group, and when it was last provisioned: its machines are under the key of that time (R6).
public record HostedMachineGroup(GroupId groupId, Instant provisionedAt) {
    /// Whether the group must be provisioned again to be under a key that took effect at that time.
    public boolean provisionedBefore(Instant moment) {
        return provisionedAt.isBefore(moment);
    }
}
