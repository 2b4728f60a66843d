package io.keyward.bench.measure;

/// Stops and kills the product where the race has left it, and waits each time until it is ready again.
final class Restarts {
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
        double afterStop = untilReady(Jvm::kill);
        double afterKill = untilReady(Jvm::terminate);
        stage.forgetState();
        double fromNothing = untilReady(Jvm::terminate);
        Profiler profiler = new Profiler(stage.ground());
        long changes = stage.written().stream()
                .filter(topic -> topic.endsWith("-changelog"))
                .mapToLong(profiler::written)
                .sum();
        return new Restart(subject, afterStop, afterKill, fromNothing, changes);
    }

    /// An end of the product, of one kind or the other.
    private interface End {
        void of(Jvm jvm);
    }

    private double untilReady(End end) {
        long begun = System.nanoTime();
        try (Jvm jvm = stage.startAgain(subject, group)) {
            stage.readiness().await(jvm);
            double seconds = (System.nanoTime() - begun) / 1e9;
            end.of(jvm);
            return seconds;
        }
    }
}
