package io.keyward.console.answer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether a key or one version of it may be disabled (R27).
///
/// @param keyVersion empty for the whole key
/// @param at the time asked for, or the time that the facts have reached if that is later
/// @param safe whether nothing speaks against it
/// @param blockers all that speaks against it
/// @param advice what to do, in one or two sentences
public record DisableAnswer(
        String tenantId,
        String vaultUri,
        String keyName,
        Optional<String> keyVersion,
        Instant at,
        boolean safe,
        List<Blocker> blockers,
        String advice,
        Extent extent)
        implements Answer {
    /// Something that speaks against it.
    ///
    /// @param tenantId empty, like `environmentId`, where it concerns no environment
    /// @param until from when on it no longer speaks against it, where that is known
    public record Blocker(
            Kind kind,
            Optional<String> tenantId,
            Optional<String> environmentId,
            Optional<Instant> until,
            String sentence) {}

    /// What speaks against it, by R27.
    public enum Kind {
        IN_USE,
        NOT_BEFORE,
        UNPROVEN,
        SUCCESSOR_UNUSABLE,
        NOT_KNOWN
    }
}
