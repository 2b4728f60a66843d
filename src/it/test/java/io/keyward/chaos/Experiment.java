package io.keyward.chaos;

import io.keyward.chaos.cluster.ChaosCluster;
import io.keyward.chaos.cluster.Outputs;
import io.keyward.chaos.fault.ChaosFault;
import io.keyward.chaos.fault.FaultContext;
import io.keyward.chaos.guarantee.Guarantee;
import io.keyward.chaos.guarantee.Violation;
import io.keyward.chaos.load.SentInputs;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One fault under one variant, with topics, a group and state of its own: while the load is sent, the fault
/// begins and ends; when all is decided, every guarantee is checked.
///
/// @param name different for each experiment on the cluster
/// @param main the class to run instead of the product's own, if any
/// @param seed of the load and of all random choices
record Experiment(String name, ChaosFault fault, StreamsVariant variant, Optional<Class<?>> main, long seed) {
    /// The result of an experiment.
    ///
    /// @param violations by the name of the guarantee
    /// @param blocked the longest time in which a partition that had input showed no decision
    /// @param ends how often an instance ended by itself
    record Result(
            Experiment experiment,
            Map<String, List<Violation>> violations,
            int inputs,
            int decisions,
            Duration blocked,
            int ends) {
        private static final int EXAMPLES = 5;

        boolean isClean() {
            return violations.values().stream().allMatch(List::isEmpty);
        }

        @Override
        public String toString() {
            return "  %d wrong, %d inputs, %d decisions, %d ends%s"
                    .formatted(
                            violations.values().stream().mapToInt(List::size).sum(),
                            inputs,
                            decisions,
                            ends,
                            examples().stream().map("%n      %s"::formatted).collect(Collectors.joining()));
        }

        /// A few of the violations.
        List<String> examples() {
            return violations.entrySet().stream()
                    .flatMap(found -> found.getValue().stream()
                            .limit(EXAMPLES)
                            .map(violation -> found.getKey() + ": " + violation))
                    .toList();
        }
    }

    /// Runs it to its end.
    ///
    /// @throws AssertionError if something takes longer than [Patience] allows
    Result run(ChaosCluster cluster, List<Guarantee> guarantees) {
        try (ExperimentSetup setup = ExperimentSetup.create(this, cluster, guarantees)) {
            FaultContext context = setup.context();
            setup.load().send(context.progress().events().policies());
            context.awaitFirstDecisions();
            setup.load().start();
            context.awaitProgress();
            setup.load().burst(context.random());
            long before = System.nanoTime();
            List<Violation> unfinished = unfinished(() -> {
                fault.strike(context);
                context.awaitProgress();
            });
            List<Violation> whileRunning = setup.stateViolations();
            setup.load().stop();
            if (unfinished.isEmpty()) {
                unfinished = unfinished(setup::awaitAllDecided);
            }
            Duration blocked = context.progress().follower().longestSilence(before);
            context.fleet().stop();
            Outputs outputs = setup.outputs();
            Map<String, List<Violation>> violations =
                    check(guarantees, setup.load().history(), outputs);
            violations.put("all is decided", unfinished);
            violations.put("fenced", setup.fencedViolations());
            violations.put("state verified, running", whileRunning);
            violations.put("state verified", setup.stateViolations());
            return new Result(
                    this,
                    violations,
                    setup.load().history().sent().size(),
                    outputs.decisions().size(),
                    blocked,
                    context.fleet().ends());
        }
    }

    /// State that is wrong can keep something from ever being stated. What was published then tells more.
    private static List<Violation> unfinished(Runnable step) {
        try {
            step.run();
            return List.of();
        } catch (AssertionError late) {
            return List.of(Violation.lost(late.getMessage()));
        }
    }

    private static Map<String, List<Violation>> check(List<Guarantee> guarantees, SentInputs history, Outputs outputs) {
        Map<String, List<Violation>> violations = new LinkedHashMap<>();
        guarantees.forEach(guarantee -> violations.put(guarantee.name(), guarantee.check(history, outputs)));
        return violations;
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(fault.name(), variant);
    }
}
