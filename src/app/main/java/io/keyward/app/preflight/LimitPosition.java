package io.keyward.app.preflight;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The tenant's limit of enabled environments and how many are enabled without this one (R10).
public record LimitPosition(int limit, int used) {
    /// Whether this environment gets a slot. Without one it is not enabled for Power Automate, and no flow
    /// migrates (R11).
    @JsonProperty("getsSlot")
    boolean hasSlot() {
        return used < limit;
    }
}
