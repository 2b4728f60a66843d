package io.keyward.chaos.guarantee;

import io.keyward.chaos.cluster.Outputs;
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

/// A warning, a suppression signal, or the end of one, that belongs to a decision.
///
/// @param with the decision it belongs to: its cause, or its revision; empty for a tombstone
record DependentOutput(Topic topic, String key, Kind kind, String with) {
    enum Kind {
        RAISED,
        CLEARED,
        SUPPRESSED,
        ALLOWED,
        RETRACTED
    }

    /// The one that a record is; empty for a warning about a tenant, which belongs to no decision.
    static Optional<DependentOutput> of(Topic topic, Outputs.Output output) {
        if (output.publication().isEmpty()) {
            return Optional.of(new DependentOutput(topic, output.key(), Kind.RETRACTED, ""));
        }
        return switch (output.publication().get()) {
            case Publication.OfWarning w ->
                w.environmentId()
                        .map(_ -> new DependentOutput(
                                topic,
                                output.key(),
                                w.clearedAt().isEmpty() ? Kind.RAISED : Kind.CLEARED,
                                of(w.cause())));
            case Publication.OfSuppression s ->
                Optional.of(new DependentOutput(topic, output.key(), Kind.SUPPRESSED, of(s.revision())));
            case Publication.OfAllowance a ->
                Optional.of(new DependentOutput(topic, output.key(), Kind.ALLOWED, of(a.revision())));
            case Publication.OfDecision d -> throw new IllegalArgumentException("A decision among the others: " + d);
            case Publication.Retraction r -> throw new IllegalArgumentException("A tombstone has no value: " + r);
        };
    }

    /// All that must have been published with the decisions on an environment, in order: each lists the open
    /// warnings and the suppressed sinks, so what is new follows from the decision before.
    static List<DependentOutput> with(String environment, List<Outputs.Output> decisions) {
        Before before = new Before(environment);
        decisions.forEach(decision -> decision.publication()
                .map(Publication.OfDecision.class::cast)
                .ifPresentOrElse(before::decided, before::retracted));
        return before.dependents;
    }

    private static String of(Cause cause) {
        return "%s %s partition %d offset %d"
                .formatted(cause.eventType(), cause.topic(), cause.partition(), cause.offset());
    }

    private static String of(long revision) {
        return "revision " + revision;
    }

    /// The state before the next decision.
    private static final class Before {
        private final String environment;
        private final List<DependentOutput> dependents = new ArrayList<>();
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
            without(openWarnings, open).forEach(code -> add(Topic.WARNINGS, code, Kind.CLEARED, cause));
            without(open, openWarnings).forEach(code -> add(Topic.WARNINGS, code, Kind.RAISED, cause));
            without(suppressedSinks, suppressed)
                    .forEach(sink -> add(Topic.ANALYTICS_SUPPRESSIONS, sink, Kind.ALLOWED, revision));
            (since ? suppressed : without(suppressed, suppressedSinks))
                    .forEach(sink -> add(Topic.ANALYTICS_SUPPRESSIONS, sink, Kind.SUPPRESSED, revision));
            warnings.addAll(open);
            sinks.addAll(suppressed);
            openWarnings = open;
            suppressedSinks = suppressed;
            enabledSince = decision.decision().enabledSince();
        }

        void retracted() {
            warnings.forEach(code -> add(Topic.WARNINGS, code, Kind.RETRACTED, ""));
            sinks.forEach(sink -> add(Topic.ANALYTICS_SUPPRESSIONS, sink, Kind.RETRACTED, ""));
            warnings.clear();
            sinks.clear();
            openWarnings = Set.of();
            suppressedSinks = Set.of();
            enabledSince = Optional.empty();
        }

        private static boolean isUnknown(Set<String> warnings) {
            return warnings.contains(WarningCode.INVENTORY_UNKNOWN.name());
        }

        private void add(Topic topic, String name, Kind kind, String with) {
            dependents.add(new DependentOutput(topic, environment + "/" + name, kind, with));
        }

        private static Set<String> without(Set<String> all, Set<String> others) {
            Set<String> rest = new TreeSet<>(all);
            rest.removeAll(others);
            return rest;
        }
    }
}
