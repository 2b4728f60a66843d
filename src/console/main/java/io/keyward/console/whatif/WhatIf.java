package io.keyward.console.whatif;

import io.keyward.client.TopicNames;
import io.keyward.console.replica.TenantView;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.Bounds;
import io.keyward.topology.FanOutLimits;
import io.keyward.topology.Flow;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Answers what would be published if events were received now. It writes nothing. Thread-safe.
public final class WhatIf {
    private final Flow flow;
    private final WhatIfLimits limits;

    /// A what-if takes more memory than anything else in the console, so they run one at a time.
    private final Lock turn = new ReentrantLock(/* fair= */ true);

    /// @param bounds the processor's
    public WhatIf(TopicNames names, RuleProfile profile, Bounds bounds, WhatIfLimits limits) {
        Bounds limited = bounds.withFanOut(FanOutLimits.upTo(limits.environments() + 1));
        this.flow = new Flow(names, 1, profile, limited, () -> Instant.MIN);
        this.limits = limits;
    }

    /// The sentence about a tenant that the caller may not see, whether or not it exists.
    public static String notForTheCaller(TenantId tenant) {
        return "There is no tenant '%s', or you may not see it.".formatted(tenant);
    }

    /// Decides the events of the lines in order, each on the view of its tenant including the changes
    /// of earlier lines.
    ///
    /// @param lines event lines (docs/contract.md); blank ones are skipped
    /// @param now when the broker would receive them, unless a line has an earlier timestamp
    /// @param window the environments whose records are returned
    /// @throws TooManyLinesException if there are more lines than the limit
    public WhatIfAnswer ask(TenantView view, List<String> lines, Instant now, Window window) {
        if (lines.size() > limits.lines()) {
            throw new TooManyLinesException(lines.size(), limits.lines());
        }
        turn.lock();
        try {
            Question question = new Question(view, flow, limits, new Question.ViewRequest(now, window));
            for (int number = 1; number <= lines.size(); number++) {
                question.add(number, lines.get(number - 1));
            }
            return question.answer();
        } finally {
            turn.unlock();
        }
    }
}
