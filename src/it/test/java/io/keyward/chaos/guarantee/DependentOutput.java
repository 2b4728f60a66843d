package io.keyward.chaos.guarantee;

import io.keyward.chaos.cluster.Outputs;
import io.keyward.client.Topic;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A warning, a suppression signal, or the end of one, that belongs to a decision.
///
/// @param with the decision it belongs to: its cause, or its revision; empty where the decision is deleted
record DependentOutput(Topic topic, String key, Kind kind, String with) {
    enum Kind {
        RAISED,
        CLEARED,
        SUPPRESSED,
        ALLOWED,
        RETRACTED
    }

    /// The one that a record is; empty for what no decision shows: a warning about a tenant, and one that is updated.
    static Optional<DependentOutput> of(Topic topic, Outputs.Output output) {
        if (output.publication().isEmpty()) {
            return Optional.of(new DependentOutput(topic, output.key(), Kind.RETRACTED, ""));
        }
        return switch (output.publication().get()) {
            case Publication.OfWarning w ->
                w.environmentId().isEmpty() || w.status() == Publication.Status.UPDATED
                        ? Optional.empty()
                        : Optional.of(new DependentOutput(
                                topic,
                                output.key(),
                                w.status() == Publication.Status.RAISED ? Kind.RAISED : Kind.CLEARED,
                                of(w.cause())));
            case Publication.OfSignal s ->
                Optional.of(new DependentOutput(
                        topic,
                        output.key(),
                        s.signal().suppresses() ? Kind.SUPPRESSED : Kind.ALLOWED,
                        of(s.revision())));
            case Publication.OfDecision d -> throw new IllegalArgumentException("A decision among the others: " + d);
            case Publication.Retraction r -> throw new IllegalArgumentException("A tombstone has no value: " + r);
        };
    }

    /// All that must have been published with the decisions on an environment, in order: each lists the open
    /// warnings and the suppressed sinks, so what is new follows from the decision before. Gaps are in no decision.
    static List<DependentOutput> with(String environment, List<Outputs.Output> decisions) {
        Before before = new Before(environment);
        decisions.forEach(decision -> decision.publication()
                .map(Publication.OfDecision.class::cast)
                .ifPresentOrElse(before::decided, before::retracted));
        return before.dependents;
    }

    /// The one that ends because its decision is deleted: a tombstone names no cause.
    DependentOutput withoutDecision() {
        return new DependentOutput(topic, key, kind, "");
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
        private Set<String> openWarnings = Set.of();
        private Set<String> suppressedSinks = Set.of();

        Before(String environment) {
            this.environment = environment;
        }

        void decided(Publication.OfDecision decision) {
            Set<String> open = new TreeSet<>(decision.openWarnings());
            Set<String> suppressed = new TreeSet<>(decision.suppressedSinks());
            String cause = of(decision.cause());
            String revision = of(decision.revision());
            without(openWarnings, open).forEach(code -> add(Topic.WARNINGS, code, Kind.CLEARED, cause));
            without(open, openWarnings).forEach(code -> add(Topic.WARNINGS, code, Kind.RAISED, cause));
            without(suppressedSinks, suppressed)
                    .forEach(sink -> add(Topic.ANALYTICS_SUPPRESSIONS, sink, Kind.ALLOWED, revision));
            without(suppressed, suppressedSinks)
                    .forEach(sink -> add(Topic.ANALYTICS_SUPPRESSIONS, sink, Kind.SUPPRESSED, revision));
            warnings.addAll(open);
            openWarnings = open;
            suppressedSinks = suppressed;
        }

        void retracted() {
            openWarnings.forEach(code -> add(Topic.WARNINGS, code, Kind.CLEARED, ""));
            warnings.forEach(code -> add(Topic.WARNINGS, code, Kind.RETRACTED, ""));
            warnings.clear();
            openWarnings = Set.of();
            suppressedSinks = Set.of();
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
