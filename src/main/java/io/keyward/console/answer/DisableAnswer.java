package io.keyward.console.answer;

import io.keyward.domain.DisableBlocker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether a key or one version of it may be disabled (R27).
///
/// @param keyVersion empty for the whole key
/// @param at the time asked for, or the time that the facts have reached if that is later
/// @param safe whether nothing speaks against it
/// @param safeFrom from when on nothing would speak against it, if time alone ends what does
/// @param users how many environments, of any tenant, are known to use or to have used the key
/// @param blockers what speaks against it; of many only the first
/// @param counts all that speaks against it, by code
public record DisableAnswer(
        String tenantId,
        String vaultUri,
        String keyName,
        Optional<String> keyVersion,
        Instant at,
        boolean safe,
        Optional<Instant> safeFrom,
        long users,
        List<Blocker> blockers,
        Map<DisableBlocker.Code, Long> counts,
        Deletion deletion,
        Extent extent)
        implements Answer {
    /// Something that speaks against it.
    ///
    /// @param tenantId empty, like `environmentId`, where it concerns no environment
    /// @param until the date that the sentence names, if it names one
    public record Blocker(
            DisableBlocker.Code code,
            Optional<String> tenantId,
            Optional<String> environmentId,
            Optional<Instant> until,
            String sentence) {}

    /// Whether it may even be deleted, for which more is needed.
    public record Deletion(boolean safe, Optional<Instant> safeFrom, String sentence) {}
}
