package io.keyward.console.whatif;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What would be published if the events of some lines came now, one after the other.
///
/// @param lines what each line would cause, in their order; without blank lines, and without those after the end of a
///     truncated answer
/// @param changes the environments of which something would be published, in the order in which they first are
/// @param deletions the environments that would be deleted at a date that was not theirs before, in order of the date
/// @param preliminary why the answer may change with no other event, one sentence each; empty if nothing is open
/// @param truncated what the answer leaves out, one sentence each; empty if it is whole
public record WhatIfResult(
        List<Line> lines,
        List<Change> changes,
        List<Deletion> deletions,
        List<String> preliminary,
        List<String> truncated) {
    /// What becomes of a line.
    ///
    /// @param line its number, from 1; blank lines count
    /// @param refusal why it would be refused; empty if it would be decided
    /// @param outputs what would be published, in order
    /// @param undo whether and how it can be undone; empty if it would be refused, or if that was not tried for one
    ///     of the reasons that the answer is truncated
    public record Line(int line, Optional<Refusal> refusal, List<Output> outputs, Optional<Undo> undo) {}

    /// Why a line would be refused.
    ///
    /// @param reason the code of the dead letter; empty if it is no event line, which cannot be sent at all
    public record Refusal(Optional<String> reason, String detail) {}

    /// A record that would be published.
    ///
    /// @param value the record in plain JSON, empty for a tombstone; its cause has neither partition nor offset
    ///     yet, so that both are -1
    /// @param previous for a decision or its retraction, the decision before it, in the same form; without
    ///     `decidedAt`, `ruleProfile` and `cause`, which are not stored. Else, and for a first one, empty
    public record Output(String topic, String key, Optional<JsonText> value, Optional<JsonText> previous) {}

    /// What would change for an environment by all lines together.
    ///
    /// @param before the state of its decision now; empty if there is none
    /// @param after the state of its decision then; empty if it would be retracted
    /// @param raised warnings that would be raised, as decisions list them
    /// @param cleared warnings that would be cleared
    /// @param suppressed sinks that would be suppressed
    /// @param allowed sinks that could receive data again
    public record Change(
            TenantId tenantId,
            EnvironmentId environmentId,
            Optional<EncryptionState> before,
            Optional<EncryptionState> after,
            List<String> raised,
            List<String> cleared,
            List<String> suppressed,
            List<String> allowed) {}

    /// When a locked environment would be deleted (R20).
    public record Deletion(TenantId tenantId, EnvironmentId environmentId, Instant at) {}
}
