package io.keyward.app.command;

import io.keyward.app.config.KeywardConfig;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Tries, one after the other, all that the command `run` depends on, and goes on where one of it fails: so one call
/// shows everything that is wrong. Changes nothing anywhere.
public final class ConfigCheck {
    private final Consumer<CheckResult> seen;
    private boolean failed;

    private ConfigCheck(Consumer<CheckResult> seen) {
        this.seen = seen;
    }

    /// How something is.
    enum Status {
        OK,
        /// `run` would start, yet it should be mended.
        ADVICE,
        FAILED,
        SKIPPED
    }

    /// What was found.
    ///
    /// @param detail a sentence; if something is wrong, with what mends it
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

    /// What was tried, and what was found.
    public record CheckResult(String subject, CheckOutcome found) {
        /// A line, and further ones that are indented.
        public String text() {
            String word = found.status().name().toLowerCase(Locale.ROOT);
            return found.detail()
                    .lines()
                    .collect(Collectors.joining("\n    ", "%-8s %-16s ".formatted(word, subject), ""));
        }
    }

    /// Tries everything; `seen` gets each result as soon as it is there.
    ///
    /// @param startAnew whether `run` is to be told to begin with what is left of the inputs
    /// @return whether nothing has failed
    public static boolean passes(KeywardConfig config, boolean startAnew, Consumer<CheckResult> seen) {
        ConfigCheck check = new ConfigCheck(seen);
        PreflightChecks checks = new PreflightChecks(config, startAnew);
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
        CheckOutcome found = found(step);
        failed |= found.status() == Status.FAILED;
        seen.accept(new CheckResult(subject, found));
        return found.status();
    }

    private static CheckOutcome found(Supplier<CheckOutcome> step) {
        try {
            return step.get();
        } catch (RuntimeException failure) {
            return CheckOutcome.failed(Failures.message(failure));
        }
    }
}
