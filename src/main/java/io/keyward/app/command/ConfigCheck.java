package io.keyward.app.command;

import io.keyward.app.config.KeywardConfig;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Checks everything that the commands `run` or `intake` depend on, and continues after a failure, so that
/// one call shows every problem. It changes nothing.
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

    /// Runs every check; `report` receives each result at once. A configuration with sources for an intake is
    /// checked for the command `intake`; if it has a state folder besides, for `run` as well.
    ///
    /// @param startAnew whether `run` is to be started with `--start-anew`
    /// @return whether nothing has failed
    public static boolean passes(KeywardConfig config, boolean startAnew, Consumer<CheckResult> report) {
        ConfigCheck check = new ConfigCheck(report);
        PrerequisiteChecks checks = new PrerequisiteChecks(config, startAnew);
        if (!config.intake().isSet()) {
            check.processor(checks, Optional.empty());
        } else if (config.state().dir().isEmpty()) {
            check.intake(checks, new IntakePrerequisites(config));
        } else {
            check.processor(checks, Optional.of(new IntakePrerequisites(config)));
        }
        return !check.failed;
    }

    private void processor(PrerequisiteChecks checks, Optional<IntakePrerequisites> besides) {
        run("configuration", checks::configuration);
        besides.ifPresent(this::intakeItself);
        run("state folder", checks::stateFolder);
        run("HTTP endpoint", checks::http);
        boolean reached = run("Kafka", checks::kafka) == Status.OK;
        boolean settled = runIf(reached, "generation", checks::generation) == Status.OK;
        state(settled ? checks.inItsGeneration() : checks, reached, settled);
        run("schema registry", checks::schemas);
        run("vaults", checks::vaults);
        besides.ifPresent(intake -> intakeOnKafka(intake, reached));
    }

    /// @param settled whether it is known which generation may run
    private void state(PrerequisiteChecks checks, boolean reached, boolean settled) {
        runIf(reached, "access", checks::access);
        Status topics = runIf(reached, "topics", checks::topics);
        if (reached && (topics == Status.FAILED || !settled)) {
            run("cluster", () -> CheckOutcome.skipped(settled ? "the topics are not ready" : "no generation may run"));
        } else {
            runIf(reached, "cluster", checks::cluster);
        }
    }

    private void intake(PrerequisiteChecks checks, IntakePrerequisites intake) {
        intakeItself(intake);
        run("HTTP endpoint", checks::http);
        boolean reached = run("Kafka", checks::kafka) == Status.OK;
        run("schema registry", checks::schemas);
        intakeOnKafka(intake, reached);
    }

    private void intakeItself(IntakePrerequisites intake) {
        run("intake", intake::configuration);
        run("webhooks", intake::webhooks);
    }

    private void intakeOnKafka(IntakePrerequisites intake, boolean reached) {
        runIf(reached, "intake's topics", intake::topics);
        run("audit logs", intake::auditLogs);
    }

    private Status runIf(boolean reached, String subject, Supplier<CheckOutcome> step) {
        return run(subject, reached ? step : () -> CheckOutcome.skipped("Kafka was not reached"));
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
