package io.keyward.console.answer;

import io.keyward.console.replica.Extent;
import io.keyward.console.whatif.WhatIfResult.Change;
import io.keyward.console.whatif.WhatIfResult.Deletion;
import io.keyward.console.whatif.WhatIfResult.Line;
import java.util.List;

/// What would be published if the events of some lines came now, one after the other. Nothing was written.
///
/// @param lines what each line would cause, in their order
/// @param changes the environments of which something would be published, in the order in which they first are
/// @param deletions the environments that would be deleted at a date that was not theirs before, in order of the date
/// @param preliminary why the answer may change with no other event, one sentence each
public record WhatIfAnswer(
        List<Line> lines, List<Change> changes, List<Deletion> deletions, List<String> preliminary, Extent extent)
        implements Answer {}
