package io.keyward.domain.fact;

import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Stamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// What is known of one part of a component: its latest report and its latest clean one (R28). Of two reports of
/// the same time, the one that is not clean counts as the later one, which is the safer reading.
///
/// @param latest the latest report
/// @param lastClean the latest clean report, if the latest one is not clean
public record PartReports(Stated latest, Optional<Stated> lastClean) {
    /// A report, and when the counts in it were true.
    public record Stated(Stamp stamp, EnforcementReport report) {
        private static final Comparator<Stated> BY_PRECEDENCE = Comparator.comparing(Stated::at)
                .thenComparing(stated -> !stated.report().clean())
                .thenComparing(Stated::stamp)
                .thenComparing(stated -> stated.report().toString());

        /// The moment that the counts describe.
        public Instant at() {
            return stamp.occurredAt();
        }

        private Stated later(Stated other) {
            return BY_PRECEDENCE.compare(this, other) >= 0 ? this : other;
        }
    }

    /// The latest clean report, if there is one.
    public Optional<Stated> clean() {
        return latest.report().clean() ? Optional.of(latest) : lastClean;
    }

    /// These reports with another one.
    PartReports with(Stated stated) {
        Stated last = latest.later(stated);
        Optional<Stated> cleanOne =
                stated.report().clean() ? Optional.of(clean().map(stated::later).orElse(stated)) : clean();
        return new PartReports(last, last.report().clean() ? Optional.empty() : cleanOne);
    }

    /// What remains of these reports if those up to that moment are void; empty if nothing does.
    Optional<PartReports> after(Instant moment) {
        return latest.at().isAfter(moment)
                ? Optional.of(new PartReports(latest, lastClean.filter(c -> c.at().isAfter(moment))))
                : Optional.empty();
    }
}
