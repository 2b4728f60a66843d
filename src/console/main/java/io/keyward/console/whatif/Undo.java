package io.keyward.console.whatif;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Whether and how an event can be undone, as found by trying.
///
/// @param possible how far
/// @param lines the first event lines that undo it, in order. They state facts: publish them once they are true
/// @param lineCount how many there are. The platform tells of those behind the first [#MOST_LINES] itself once they are
///     true: they say that runtimes are enabled again
/// @param sentence what to do, or why nothing can be done and what remains possible
/// @param remains what stays different from before the event, one sentence for each environment; also what the time
///     between leaves behind where the event is undone wholly
public record Undo(Possible possible, List<ObjectNode> lines, long lineCount, String sentence, List<String> remains) {
    /// How many lines are told.
    static final int MOST_LINES = 50;

    /// How far an event can be undone.
    public enum Possible {
        /// Every decision is again as before, at the latest once components are reported again. Time stamps of statuses
        /// do not count.
        YES,
        /// Something stays different.
        PARTLY,
        /// Nothing makes it better.
        NO
    }
}
