package io.keyward.bench.measure;

import io.keyward.testing.process.ChildJvm;

/// Stops and kills the product with the state of the rate trial, and measures the time until it is ready again.
final class RestartTrial {
    private final SubjectRunner runner;
    private final SubjectVariant usual;
    private final String group;

    RestartTrial(SubjectRunner runner, SubjectVariant usual, String group) {
        this.runner = runner;
        this.usual = usual;
        this.group = group;
    }

    /// Measures the restarts. The product must not be running.
    Restart measure() {
        SubjectVariant named =
                new SubjectVariant(usual.subject(), usual.variant().with("keyward.streams.group.instance.id", "bench"));
        double afterStop = untilReady(usual, ChildJvm::kill);
        double afterKill = untilReady(usual, ChildJvm::terminate);
        runner.deleteState();
        double fromNothing = untilReady(usual, ChildJvm::terminate);
        // Last, because a configured name stays in the group after a stop, and would let another instance wait.
        double _ = untilReady(named, ChildJvm::kill);
        double afterKillAsMember = untilReady(named, ChildJvm::terminate);
        WriteProfiler profiler = new WriteProfiler(runner.cluster());
        long changes = runner.written().stream()
                .filter(topic -> topic.endsWith("-changelog"))
                .mapToLong(profiler::written)
                .sum();
        return new Restart(usual, afterStop, afterKill, afterKillAsMember, fromNothing, changes);
    }

    /// A way to end the product.
    private interface End {
        void of(ChildJvm jvm);
    }

    private double untilReady(SubjectVariant subjectVariant, End end) {
        long begun = System.nanoTime();
        try (ChildJvm jvm = runner.restart(subjectVariant, group)) {
            runner.readiness().await(jvm);
            double seconds = (System.nanoTime() - begun) / 1e9;
            end.of(jvm);
            return seconds;
        }
    }
}
