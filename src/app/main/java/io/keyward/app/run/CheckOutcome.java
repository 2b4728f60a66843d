package io.keyward.app.run;

import java.util.List;

/// The outcome of one check.
///
/// @param detail a sentence; for a problem, also how to fix it
/// @param notes what does not prevent a start, but should be fixed
public record CheckOutcome(Status status, String detail, List<String> notes) {
    /// Whether the process would start.
    public enum Status {
        OK,
        /// It would, but something should be fixed.
        ADVICE,
        FAILED,
        SKIPPED;

        public CheckOutcome with(String detail) {
            return new CheckOutcome(this, detail, List.of());
        }
    }

    static CheckOutcome ok(String detail, List<String> notes) {
        return new CheckOutcome(notes.isEmpty() ? Status.OK : Status.ADVICE, detail, notes);
    }
}
