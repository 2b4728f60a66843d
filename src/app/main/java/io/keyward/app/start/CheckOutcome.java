package io.keyward.app.start;

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

    /// The check of the configuration already reports a missing setting.
    public static CheckOutcome notSet(String key) {
        return Status.SKIPPED.with(key + " is not set");
    }

    public static CheckOutcome ok(String detail, List<String> notes) {
        return new CheckOutcome(notes.isEmpty() ? Status.OK : Status.ADVICE, detail, notes);
    }
}
