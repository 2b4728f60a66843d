package io.keyward.console.whatif;

/// How much one question may ask for.
///
/// @param lines how many event lines are taken
/// @param environments after how many decided environments an answer stops. One event decides no more than that,
///     so an answer decides fewer than twice as many
public record WhatIfLimits(int lines, int environments) {
    /// The limits without other settings.
    public static final WhatIfLimits DEFAULT = new WhatIfLimits(100, 2_000);
}
