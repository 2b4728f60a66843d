package io.keyward.console.whatif;

/// How much one what-if may ask for.
///
/// @param lines the maximum number of event lines
/// @param environments the number of decided environments after which an answer stops. One event decides no more
///     than this, so an answer decides fewer than twice as many
public record WhatIfLimits(int lines, int environments) {
    /// The default limits.
    public static final WhatIfLimits DEFAULT = new WhatIfLimits(100, 2_000);
}
