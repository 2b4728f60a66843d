package io.keyward.chaos;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.WarningCode;
import io.keyward.topology.contract.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A warning, a signal, or the end of one, that belongs to a decision.
///
/// @param with the decision it belongs to: its cause, or its revision; empty for a tombstone
record Companion(Topic topic, String key, What what, String with) {
    enum What {
        RAISED,
        CLEARED,
        SUPPRESSED,
        ALLOWED,
        TAKEN_BACK
    }

    /// The one that a record is; empty for a warning about a tenant, which belongs to no decision.
    static Optional<Companion> of(Topic topic, Outputs.Output output) {
        if (output.publication().isEmpty()) {
            return Optional.of(new Companion(topic, output.key(), What.TAKEN_BACK, ""));
        }
        return switch (output.publication().get()) {
            case Publication.OfWarning w ->
                w.environmentId()
                        .map(_ -> new Companion(
                                topic,
                                output.key(),
                                w.clearedAt().isEmpty() ? What.RAISED : What.CLEARED,
                                of(w.cause())));
            case Publication.OfSuppression s ->
                Optional.of(new Companion(topic, output.key(), What.SUPPRESSED, of(s.revision())));
            case Publication.OfAllowance a ->
                Optional.of(new Companion(topic, output.key(), What.ALLOWED, of(a.revision())));
            case Publication.OfDecision d -> throw new IllegalArgumentException("A decision among the others: " + d);
            case Publication.Retraction r -> throw new IllegalArgumentException("A tombstone has no value: " + r);
        };
    }

    /// All that must have been published with the decisions on an environment, which are in order: each lists the open
    /// warnings and the suppressed sinks, so what was news then follows from the one before.
    static List<Companion> with(String environment, List<Outputs.Output> decisions) {
        Before before = new Before(environment);
        decisions.forEach(decision -> decision.publication()
                .map(Publication.OfDecision.class::cast)
                .ifPresentOrElse(before::decided, before::takenBack));
        return before.companions;
    }

    private static String of(Cause cause) {
        return "%s %s partition %d offset %d"
                .formatted(cause.eventType(), cause.topic(), cause.partition(), cause.offset());
    }

    private static String of(long revision) {
        return "revision " + revision;
    }

    /// What stood when the next decision came.
    private static final class Before {
        private final String environment;
        private final List<Companion> companions = new ArrayList<>();
        private final Set<String> warnings = new TreeSet<>();
        private final Set<String> sinks = new TreeSet<>();
        private Set<String> openWarnings = Set.of();
        private Set<String> suppressedSinks = Set.of();
        private Optional<Instant> enabledSince = Optional.empty();

        Before(String environment) {
            this.environment = environment;
        }

        void decided(Publication.OfDecision decision) {
            Set<String> open = new TreeSet<>(decision.openWarnings());
            Set<String> suppressed = new TreeSet<>(decision.suppressedSinks());
            boolean since = !decision.decision().enabledSince().equals(enabledSince)
                    || isUnknown(open) != isUnknown(openWarnings); // the reason, R4 or R14 (R15)
            String cause = of(decision.cause());
            String revision = of(decision.revision());
            without(openWarnings, open).forEach(code -> add(Topic.WARNINGS, code, What.CLEARED, cause));
            without(open, openWarnings).forEach(code -> add(Topic.WARNINGS, code, What.RAISED, cause));
            without(suppressedSinks, suppressed)
                    .forEach(sink -> add(Topic.ANALYTICS_SUPPRESSIONS, sink, What.ALLOWED, revision));
            (since ? suppressed : without(suppressed, suppressedSinks))
                    .forEach(sink -> add(Topic.ANALYTICS_SUPPRESSIONS, sink, What.SUPPRESSED, revision));
            warnings.addAll(open);
            sinks.addAll(suppressed);
            openWarnings = open;
            suppressedSinks = suppressed;
            enabledSince = decision.decision().enabledSince();
        }

        void takenBack() {
            warnings.forEach(code -> add(Topic.WARNINGS, code, What.TAKEN_BACK, ""));
            sinks.forEach(sink -> add(Topic.ANALYTICS_SUPPRESSIONS, sink, What.TAKEN_BACK, ""));
            warnings.clear();
            sinks.clear();
            openWarnings = Set.of();
            suppressedSinks = Set.of();
            enabledSince = Optional.empty();
        }

        private static boolean isUnknown(Set<String> warnings) {
            return warnings.contains(WarningCode.INVENTORY_UNKNOWN.name());
        }

        private void add(Topic topic, String name, What what, String with) {
            companions.add(new Companion(topic, environment + "/" + name, what, with));
        }

        private static Set<String> without(Set<String> all, Set<String> others) {
            Set<String> rest = new TreeSet<>(all);
            rest.removeAll(others);
            return rest;
        }
    }
}
