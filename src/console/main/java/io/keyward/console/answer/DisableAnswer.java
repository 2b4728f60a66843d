package io.keyward.console.answer;

import io.keyward.console.replica.Extent;
import io.keyward.domain.DisableVerdict;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;

/// Whether a key or one version of it may be disabled (R27).
///
/// @param key its fields stand beside those of the answer, like those of the verdict; without a version the whole key
public record DisableAnswer(TenantId tenantId, KeyReference key, DisableVerdict verdict, Extent extent)
        implements Answer {}
