package io.keyward.app.command;

import io.keyward.app.config.KeywardConfig;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Checks everything that the command `run` depends on, and continues after a failure, so that one call shows
/// every problem. It changes nothing.
public final class ConfigCheck {
    private final Consumer<CheckResult> report;
    private boolean failed;

    private ConfigCheck(Consumer<CheckResult> report) {
        this.report = report;
    }

    enum Status {
        OK,
        /// `run` would start, but this should be fixed.
        ADVICE,
        FAILED,
        SKIPPED
    }

    /// The outcome of one check.
    ///
    /// @param detail a sentence; for a problem, also how to fix it
    record CheckOutcome(Status status, String detail) {
        static CheckOutcome ok(String detail) {
            return new CheckOutcome(Status.OK, detail);
        }

        static CheckOutcome failed(String detail) {
            return new CheckOutcome(Status.FAILED, detail);
        }

        static CheckOutcome skipped(String why) {
            return new CheckOutcome(Status.SKIPPED, why);
        }
    }

    public record CheckResult(String subject, CheckOutcome outcome) {
        /// One line; further lines of the detail are indented.
        public String text() {
            String word = outcome.status().name().toLowerCase(Locale.ROOT);
            return outcome.detail()
                    .lines()
                    .collect(Collectors.joining("\n    ", "%-8s %-16s ".formatted(word, subject), ""));
        }
    }

    /// Runs every check; `report` receives each result at once.
    ///
    /// @param startAnew whether `run` is to be started with `--start-anew`
    /// @return whether nothing has failed
    public static boolean passes(KeywardConfig config, boolean startAnew, Consumer<CheckResult> report) {
        ConfigCheck check = new ConfigCheck(report);
        PrerequisiteChecks checks = new PrerequisiteChecks(config, startAnew);
        check.run("configuration", checks::configuration);
        check.run("state folder", checks::stateFolder);
        check.run("HTTP endpoint", checks::http);
        if (check.run("Kafka", checks::kafka) == Status.OK) {
            check.run("access", checks::access);
            Status topics = check.run("topics", checks::topics);
            check.run(
                    "cluster",
                    topics != Status.FAILED ? checks::cluster : () -> CheckOutcome.skipped("the topics are not ready"));
        } else {
            check.run("access", () -> CheckOutcome.skipped("Kafka was not reached"));
            check.run("topics", () -> CheckOutcome.skipped("Kafka was not reached"));
            check.run("cluster", () -> CheckOutcome.skipped("Kafka was not reached"));
        }
        check.run("schema registry", checks::schemas);
        check.run("vaults", checks::vaults);
        return !check.failed;
    }

    private Status run(String subject, Supplier<CheckOutcome> step) {
        CheckOutcome outcome = outcome(step);
        failed |= outcome.status() == Status.FAILED;
        report.accept(new CheckResult(subject, outcome));
        return outcome.status();
    }

    private static CheckOutcome outcome(Supplier<CheckOutcome> step) {
        try {
            return step.get();
        } catch (RuntimeException failure) {
            return CheckOutcome.failed(Failures.message(failure));
        }
    }
}
