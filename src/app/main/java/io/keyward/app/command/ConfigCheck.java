package io.keyward.app.command;

import io.keyward.app.run.CheckOutcome;
import io.keyward.app.run.CheckOutcome.Status;
import io.keyward.app.run.Prerequisites;
import io.keyward.app.run.Prerequisites.Check;
import io.keyward.config.KeywardConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Checks everything that the commands `run` or `intake` depend on, and continues after a failure, so that
/// one call shows every problem. It changes nothing.
public final class ConfigCheck {
    private final Consumer<CheckResult> report;
    private final Set<String> passed = new HashSet<>();
    private boolean failed;

    private ConfigCheck(Consumer<CheckResult> report) {
        this.report = report;
    }

    public record CheckResult(String subject, CheckOutcome outcome) {
        /// One line; further lines of the detail are indented.
        public String text() {
            String word = outcome.status().name().toLowerCase(Locale.ROOT);
            return Stream.concat(Stream.of(outcome.detail()), outcome.notes().stream())
                    .flatMap(String::lines)
                    .collect(Collectors.joining("\n    ", "%-8s %-16s ".formatted(word, subject), ""));
        }
    }

    /// Runs every check; `report` receives each result at once. A configuration with sources for an intake is
    /// checked for the command `intake`; if it has a state folder besides, for `run` as well.
    ///
    /// @param startAnew whether `run` is to be started with `--start-anew`
    /// @return whether nothing has failed
    public static boolean passes(KeywardConfig config, boolean startAnew, Consumer<CheckResult> report) {
        Prerequisites run = new Prerequisites(config, false, startAnew);
        IntakePrerequisites intake = new IntakePrerequisites(config);
        boolean takesIn = config.intake().isSet();
        boolean decides = !takesIn || config.state().dir().isPresent();
        List<Check> checks = new ArrayList<>();
        if (takesIn) {
            checks.add(new Check("intake", intake::configuration));
            checks.add(new Check("webhooks", intake::webhooks));
        }
        checks.addAll(decides ? run.all() : run.ofEndpointAndKafka());
        checks.add(new Check("schema registry", run::schemas));
        if (decides) {
            checks.add(new Check("vaults", run::vaults));
        }
        if (takesIn) {
            checks.add(new Check("intake's topics", List.of(Prerequisites.KAFKA), intake::topics));
            checks.add(new Check("audit logs", intake::auditLogs));
        }
        ConfigCheck check = new ConfigCheck(report);
        checks.forEach(check::run);
        return !check.failed;
    }

    private void run(Check check) {
        CheckOutcome outcome = check.needs().stream()
                .filter(needed -> !passed.contains(needed))
                .findFirst()
                .map(needed -> CheckOutcome.skipped("the check of %s has not passed".formatted(needed)))
                .orElseGet(() -> outcome(check.step()));
        failed |= outcome.status() == Status.FAILED;
        if (outcome.status() == Status.OK || outcome.status() == Status.ADVICE) {
            passed.add(check.subject());
        }
        report.accept(new CheckResult(check.subject(), outcome));
    }

    private static CheckOutcome outcome(Supplier<CheckOutcome> step) {
        try {
            return step.get();
        } catch (RuntimeException failure) {
            return CheckOutcome.failed(Failures.message(failure));
        }
    }
}
