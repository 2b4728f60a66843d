package io.keyward.chaos;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One fault under one variant, with topics, a group and state of its own: the load flows, the fault strikes and
/// ends, all is decided, and every guarantee is checked.
///
/// @param name unlike that of any other experiment on the site
/// @param main the class to run instead of the product's own, if any
/// @param seed what the load and all chance are made of
record Experiment(String name, Fault fault, Variant variant, Optional<Class<?>> main, long seed) {
    /// What came of it.
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

        /// A few of the violations, for people.
        List<String> examples() {
            return violations.entrySet().stream()
                    .flatMap(found -> found.getValue().stream()
                            .limit(EXAMPLES)
                            .map(violation -> found.getKey() + ": " + violation))
                    .toList();
        }
    }

    /// Runs it to its end. What does not come about within our patience is an AssertionError.
    Result run(Site site, List<Guarantee> guarantees) {
        try (Stage stage = Stage.set(this, site, guarantees)) {
            Scene scene = stage.scene();
            stage.load().open(scene.watch().pulses().policies());
            scene.awaitFirstDecisions();
            stage.load().start();
            scene.awaitProgress();
            stage.load().burst(scene.random());
            long before = System.nanoTime();
            fault.strike(scene);
            scene.awaitProgress();
            stage.load().stop();
            stage.awaitAllDecided();
            Duration blocked = scene.watch().follower().longestSilence(before);
            scene.fleet().stop();
            Outputs outputs = stage.outputs();
            return new Result(
                    this,
                    check(guarantees, stage.load().history(), outputs),
                    stage.load().history().sent().size(),
                    outputs.decisions().size(),
                    blocked,
                    scene.fleet().ends());
        }
    }

    private static Map<String, List<Violation>> check(List<Guarantee> guarantees, History history, Outputs outputs) {
        Map<String, List<Violation>> violations = new LinkedHashMap<>();
        guarantees.forEach(guarantee -> violations.put(guarantee.name(), guarantee.check(history, outputs)));
        return violations;
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(fault.name(), variant);
    }
}
