package io.keyward.console.answer;

import io.keyward.console.replica.Extent;
import io.keyward.console.whatif.WhatIfResult;
import io.keyward.console.whatif.WhatIfResult.Change;
import io.keyward.console.whatif.WhatIfResult.Deletion;
import io.keyward.console.whatif.WhatIfResult.Group;
import io.keyward.console.whatif.WhatIfResult.Line;
import io.keyward.console.whatif.Window;
import java.util.List;
import java.util.Optional;

/// What would be published if the events of some lines came now, one after the other. Nothing was written.
///
/// @param lines what each line would cause, in their order
/// @param changes a page of the environments of which something would be published, in the order of that
/// @param environments how many such environments there are
/// @param groups how many environments change alike, the most frequent first
/// @param deletions the first environments that would be deleted at a date that was not theirs before, by date
/// @param deletionCount how many there are
/// @param preliminary why the answer may change with no other event, one sentence each
/// @param next the cursor for `after` of the next environments; empty at the end
public record WhatIfAnswer(
        List<Line> lines,
        List<Change> changes,
        long environments,
        List<Group> groups,
        List<Deletion> deletions,
        long deletionCount,
        List<String> preliminary,
        Optional<String> next,
        Extent extent)
        implements Answer {
    /// The most environments of a page: their records are long.
    public static final int MOST = 25;

    static WhatIfAnswer of(WhatIfResult result, Window window, Extent extent) {
        return new WhatIfAnswer(
                result.lines(),
                result.changes(),
                result.environments(),
                result.groups(),
                result.deletions(),
                result.deletionCount(),
                result.preliminary(),
                window.next(result.environments()),
                extent.with(result.truncated()));
    }
}
