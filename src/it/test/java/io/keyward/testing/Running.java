package io.keyward.testing;

import io.keyward.app.run.Backlog;
import io.keyward.app.run.Instance;
import io.keyward.config.KeywardConfig;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// Runs instances in tests, and waits for what they do.
public final class Running {
    private Running() {}

    /// Does the work while an instance runs, which must not have failed by the end of it.
    public static void whileRunning(KeywardConfig config, Runnable work) {
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            work.run();
            instance.rethrowFailure();
        }
    }

    /// Waits until everything in the inputs has been decided.
    public static void awaitDecisions(KeywardConfig config) {
        try (Backlog backlog = Backlog.connect(config)) {
            within().until(() -> backlog.undecided().isEmpty());
        }
    }

    /// Stream threads that end and are replaced do not fail a test.
    public static ConditionFactory within() {
        return Awaitility.await().dontCatchUncaughtExceptions();
    }
}
