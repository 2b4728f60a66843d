package io.keyward.bench.measure;

import io.keyward.testing.process.ChildJvm;
import java.util.List;
import java.util.Map;

/// Stops and kills the product where the race has left it, and waits each time until it is ready again.
final class Restarts {
    private static final Variant NAMED_MEMBER =
            new Variant("named-member", Map.of("keyward.streams.group.instance.id", "bench"), List.of());

    private final Stage stage;
    private final Subject subject;
    private final String group;

    Restarts(Stage stage, Subject subject, String group) {
        this.stage = stage;
        this.subject = subject;
        this.group = group;
    }

    /// The product must not run.
    Restart measure() {
        Entrant usual = Entrant.standard(subject);
        Entrant named = new Entrant(subject, NAMED_MEMBER);
        double afterStop = untilReady(usual, ChildJvm::kill);
        double afterKill = untilReady(usual, ChildJvm::terminate);
        double _ = untilReady(named, ChildJvm::kill);
        double afterKillAsMember = untilReady(named, ChildJvm::terminate);
        stage.forgetState();
        double fromNothing = untilReady(usual, ChildJvm::terminate);
        Profiler profiler = new Profiler(stage.ground());
        long changes = stage.written().stream()
                .filter(topic -> topic.endsWith("-changelog"))
                .mapToLong(profiler::written)
                .sum();
        return new Restart(subject, afterStop, afterKill, afterKillAsMember, fromNothing, changes);
    }

    /// An end of the product, of one kind or the other.
    private interface End {
        void of(ChildJvm jvm);
    }

    private double untilReady(Entrant entrant, End end) {
        long begun = System.nanoTime();
        try (ChildJvm jvm = stage.startAgain(entrant, group)) {
            stage.readiness().await(jvm);
            double seconds = (System.nanoTime() - begun) / 1e9;
            end.of(jvm);
            return seconds;
        }
    }
}
