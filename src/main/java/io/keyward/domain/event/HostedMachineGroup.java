package io.keyward.domain.event;

import io.keyward.domain.id.GroupId;
import java.time.Instant;

/// A hosted machine group and when it was last provisioned: its machines are under the key of that moment (R6).
public record HostedMachineGroup(GroupId groupId, Instant provisionedAt) {
    /// Whether the group must be provisioned again to be under a key that was in effect only from that moment.
    public boolean provisionedBefore(Instant moment) {
        return provisionedAt.isBefore(moment);
    }
}
