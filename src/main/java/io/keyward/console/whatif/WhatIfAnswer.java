package io.keyward.console.whatif;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.OutputRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What would be published if the events of some lines came now, one after the other.
///
/// @param lines what each line would cause, in their order; without blank lines, and without those after the end of a
///     truncated answer
/// @param deletions the environments that would be deleted at a date that was not theirs before, in order of the date
/// @param preliminary why the answer may change with no other event, one sentence each; empty if nothing is open
/// @param truncated what the answer leaves out, one sentence each; empty if it is whole
public record WhatIfAnswer(
        List<Line> lines, List<Deletion> deletions, List<String> preliminary, List<String> truncated) {
    public WhatIfAnswer {
        lines = List.copyOf(lines);
        deletions = List.copyOf(deletions);
        preliminary = List.copyOf(preliminary);
        truncated = List.copyOf(truncated);
    }

    /// What becomes of a line.
    public sealed interface Line {
        /// Its number, from 1; blank lines count.
        int number();

        /// It would be refused.
        ///
        /// @param code the reason of the dead letter; empty if it is no event line, which cannot be sent at all
        /// @param sentence what is wrong
        record Refused(int number, Optional<RefusalCode> code, String sentence) implements Line {}

        /// It would be decided.
        ///
        /// @param effects what is published, in order
        /// @param undo empty if it was not tried, for one of the reasons that the answer is truncated
        record Decided(int number, Event event, List<Effect> effects, Optional<Undo> undo) implements Line {
            public Decided {
                effects = List.copyOf(effects);
            }
        }
    }

    /// A record that would be published. Its cause has neither partition nor offset yet; both are -1.
    ///
    /// @param previousDecision for a decision or its retraction, the decision before it, in the same form; without
    ///     `decidedAt`, `ruleProfile` and `cause`, which are not stored. Else, and for a first one, empty
    public record Effect(Publication publication, OutputRecord output, Optional<ObjectNode> previousDecision) {}

    /// When a locked environment would be deleted (R20).
    public record Deletion(TenantId tenant, EnvironmentId environment, Instant at) {}
}
