package io.keyward.console.whatif;

import io.keyward.console.replica.Answer;
import io.keyward.console.replica.Staleness;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What would be published if the events of some lines were received now, in this order. Nothing was written.
///
/// @param lines what each line would cause, in their order; without blank lines, and without lines after the end
///     of a truncated answer
/// @param changes the environments in the window about which something would be published, in the order
///     of the publications
/// @param environments how many such environments there are
/// @param groups groups of environments with the same change, the most frequent first; at most [#MOST_GROUPS]
/// @param deletions environments that would get a new deletion date, by date; the first [#MOST_DELETIONS]
/// @param deletionCount how many such environments there are
/// @param preliminary why the answer may change without another event, one sentence each; empty if
///     nothing is pending
/// @param next the cursor for `after` of the next environments; empty at the end
/// @param staleness also says what the answer leaves out
public record WhatIfAnswer(
        List<Line> lines,
        List<Change> changes,
        long environments,
        List<Group> groups,
        List<Deletion> deletions,
        long deletionCount,
        List<String> preliminary,
        Optional<String> next,
        Staleness staleness)
        implements Answer {
    static final int MOST_GROUPS = 50;
    static final int MOST_DELETIONS = 50;

    /// The outcome of a line.
    ///
    /// @param line its number, from 1; blank lines count
    /// @param refusal why it would be refused; empty if it would be decided
    /// @param outputs what would be published about the environments in the window and about tenants, in order
    public record Line(int line, Optional<Refusal> refusal, List<Output> outputs) {}

    /// Why a line would be refused.
    ///
    /// @param reason the code of the dead-letter record; empty if the line is not an event line, which cannot be
    ///     sent at all
    public record Refusal(Optional<String> reason, String detail) {}

    /// A record that would be published.
    ///
    /// @param value the record in plain JSON, empty for a tombstone; partition and offset of its cause are not
    ///     known yet and are -1
    /// @param previous for a decision or its retraction, the decision before it in the same form, without
    ///     `decidedAt`, `ruleProfile` and `cause`, which are not stored; empty for a first decision and
    ///     for other records
    public record Output(String topic, String key, Optional<JsonText> value, Optional<JsonText> previous) {}

    /// What all lines together would change.
    ///
    /// @param before the current state; empty if there is no decision
    /// @param after the state afterwards; empty if the decision would be retracted
    /// @param raised warnings that would be raised, as decisions list them
    /// @param cleared warnings that would be cleared
    /// @param suppressed sinks that would be suppressed
    /// @param allowed sinks that could receive data again
    public record Effect(
            Optional<EncryptionState> before,
            Optional<EncryptionState> after,
            List<String> raised,
            List<String> cleared,
            List<String> suppressed,
            List<String> allowed) {}

    /// What would change for an environment.
    ///
    /// @param effect its fields are written beside those of the environment
    public record Change(TenantId tenantId, EnvironmentId environmentId, Effect effect) {}

    /// Environments with the same change.
    ///
    /// @param effect its fields are written beside the number
    public record Group(Effect effect, long environments) {}

    /// When a locked environment would be deleted (R20).
    public record Deletion(TenantId tenantId, EnvironmentId environmentId, Instant at) {}
}
