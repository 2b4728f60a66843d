package io.keyward.console.answer;

import io.keyward.console.replica.Answer;
import io.keyward.console.replica.Staleness;
import io.keyward.domain.advice.DisableBlocker;
import io.keyward.domain.advice.DisableVerdict;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Whether a key or one version of it may be disabled (R27).
///
/// @param key its fields are written beside those of the answer, like those of the verdict; without a version it
///     is the whole key
/// @param verdict its reasons are the first ones of each environment of the page, and those that concern
///     no single environment
/// @param environments a page of the environments that block it, by tenant and environment
/// @param environmentCount how many environments block it
/// @param next the cursor for `after` of the next environments; empty at the end
public record DisableAnswer(
        TenantId tenantId,
        KeyReference key,
        DisableVerdict verdict,
        List<Against> environments,
        long environmentCount,
        Optional<String> next,
        Staleness staleness)
        implements Answer {
    /// An environment that blocks it.
    ///
    /// @param reasons how many reasons it has of each kind; the answer names only the first ones
    public record Against(
            TenantId tenantId, EnvironmentId environmentId, SortedMap<DisableBlocker.Code, Long> reasons) {}
}
