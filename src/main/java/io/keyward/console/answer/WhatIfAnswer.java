package io.keyward.console.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.decision.EncryptionState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What would be published if events came now. Nothing was written.
///
/// @param events how many of the lines were accepted
/// @param refused the lines that would become dead letters
/// @param preliminary why the outputs may differ from what would be published, one sentence each
/// @param changes one entry for each environment of which something would be published
/// @param outputs what would be published, in order: output lines as `simulate` prints them
public record WhatIfAnswer(
        int events,
        List<RefusedLine> refused,
        List<String> preliminary,
        List<Change> changes,
        List<ObjectNode> outputs,
        Extent extent)
        implements Answer {
    /// @param line its number, from 1
    /// @param reason a refusal code
    public record RefusedLine(int line, String reason, String detail) {}

    /// What would change for an environment.
    ///
    /// @param before its decision now; empty if there is none
    /// @param after its decision then; empty if it would be retracted
    /// @param raised warnings that would be raised, as the decision lists them
    /// @param cleared warnings that would be cleared
    /// @param suppressed sinks that would be suppressed
    /// @param allowed sinks that could receive data again
    /// @param expectedDeletionAt when it would be deleted unless something is done
    public record Change(
            String tenantId,
            String environmentId,
            Optional<EncryptionState> before,
            Optional<EncryptionState> after,
            List<String> raised,
            List<String> cleared,
            List<String> suppressed,
            List<String> allowed,
            Optional<Instant> expectedDeletionAt,
            Undo undo) {}

    /// Whether and how a change can be undone.
    ///
    /// @param steps what to do, in this order
    /// @param rest what would remain, in one sentence; empty if nothing would
    public record Undo(boolean possible, List<String> steps, Optional<String> rest) {}
}
