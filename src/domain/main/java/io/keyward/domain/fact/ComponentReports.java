package io.keyward.domain.fact;

import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.PartName;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is known of the parts of one component (R28).
///
/// The collections belong to this record: callers must not change them afterwards.
///
/// @param parts the reports of each part that is remembered
/// @param names the smallest names that ever reported, whether their reports are void or not
/// @param more whether more names than that ever reported
/// @param known the parts by the component's latest report; empty if every report is void
public record ComponentReports(
        SortedMap<PartName, PartReports> parts, SortedSet<PartName> names, boolean more, Optional<Known> known) {
    /// How many names are remembered.
    public static final int CAPACITY = EnforcementReport.MAX_ENTRIES;

    /// Nothing known.
    public static final ComponentReports NONE =
            new ComponentReports(Collections.emptySortedMap(), Collections.emptySortedSet(), false, Optional.empty());

    /// The parts that the component's latest report names, and its own part.
    ///
    /// @param clean whether that report is clean: of two reports of the same time, the one that is not clean is
    ///     the later one
    public record Known(Stamp stamp, boolean clean, SortedSet<PartName> names) {
        public Known {
            names = Collections.unmodifiableSortedSet(names);
        }

        private Known later(Known other) {
            int byTime = stamp.occurredAt().compareTo(other.stamp.occurredAt());
            int byPrecedence = byTime != 0 ? byTime : Boolean.compare(other.clean, clean);
            int byStamp = byPrecedence != 0 ? byPrecedence : stamp.compareTo(other.stamp);
            int order = byStamp != 0 ? byStamp : names.toString().compareTo(other.names.toString());
            return order >= 0 ? this : other;
        }
    }

    public ComponentReports {
        parts = Collections.unmodifiableSortedMap(parts);
        names = Collections.unmodifiableSortedSet(names);
    }

    /// The known parts; none if every report is void.
    public SortedSet<PartName> knownNames() {
        return known.map(Known::names).orElse(Collections.emptySortedSet());
    }

    /// What is remembered of the reports of a part.
    public Optional<PartReports> part(PartName name) {
        return Optional.ofNullable(parts.get(name));
    }

    /// These facts with a report of a part.
    ///
    /// @param named the parts that the report names, and its own
    ComponentReports with(PartName part, PartReports.Stated stated, SortedSet<PartName> named) {
        ComponentReports noted = noted(part);
        Known statedNames = new Known(stated.stamp(), stated.report().clean(), named);
        SortedMap<PartName, PartReports> after = new TreeMap<>(noted.parts);
        if (noted.names.contains(part)) {
            after.merge(part, new PartReports(stated, Optional.empty()), (held, _) -> held.with(stated));
        }
        return new ComponentReports(
                after,
                noted.names,
                noted.more,
                Optional.of(known.map(k -> k.later(statedNames)).orElse(statedNames)));
    }

    /// Remembers only that a part of this name reported, without the content.
    ComponentReports noted(PartName part) {
        if (names.contains(part)) {
            return this;
        }
        TreeSet<PartName> least = new TreeSet<>(names);
        least.add(part);
        SortedMap<PartName, PartReports> kept = parts;
        boolean dropped = least.size() > CAPACITY;
        if (dropped) {
            PartName last = least.removeLast();
            kept = new TreeMap<>(parts);
            kept.remove(last);
        }
        return new ComponentReports(kept, least, more || dropped, known);
    }

    /// What remains if reports up to that moment are void. The names stay.
    ComponentReports after(Instant moment) {
        SortedMap<PartName, PartReports> kept = new TreeMap<>();
        parts.forEach((name, reports) -> reports.after(moment).ifPresent(rest -> kept.put(name, rest)));
        return new ComponentReports(
                kept, names, more, known.filter(k -> k.stamp().occurredAt().isAfter(moment)));
    }
}
