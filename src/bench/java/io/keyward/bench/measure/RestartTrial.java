package io.keyward.bench.measure;

import io.keyward.testing.process.ChildJvm;
import java.util.List;
import java.util.Map;

/// Stops and kills the product with the state of the rate trial, and measures the time until it is ready again.
final class RestartTrial {
    private static final ProductVariant NAMED_MEMBER =
            ProductVariant.of("named-member", Map.of("keyward.streams.group.instance.id", "bench"), List.of());

    private final SubjectRunner runner;
    private final Subject subject;
    private final String group;

    RestartTrial(SubjectRunner runner, Subject subject, String group) {
        this.runner = runner;
        this.subject = subject;
        this.group = group;
    }

    /// Measures the restarts. The product must not be running.
    Restart measure() {
        SubjectVariant usual = SubjectVariant.standard(subject);
        SubjectVariant named = new SubjectVariant(subject, NAMED_MEMBER);
        double afterStop = untilReady(usual, ChildJvm::kill);
        double afterKill = untilReady(usual, ChildJvm::terminate);
        double _ = untilReady(named, ChildJvm::kill);
        double afterKillAsMember = untilReady(named, ChildJvm::terminate);
        runner.deleteState();
        double fromNothing = untilReady(usual, ChildJvm::terminate);
        WriteProfiler profiler = new WriteProfiler(runner.cluster());
        long changes = runner.written().stream()
                .filter(topic -> topic.endsWith("-changelog"))
                .mapToLong(profiler::written)
                .sum();
        return new Restart(subject, afterStop, afterKill, afterKillAsMember, fromNothing, changes);
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
