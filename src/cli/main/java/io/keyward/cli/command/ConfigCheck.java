package io.keyward.cli.command;

import io.keyward.app.run.Prerequisites;
import io.keyward.app.run.Prerequisites.Check;
import io.keyward.app.start.CheckOutcome;
import io.keyward.app.start.CheckOutcome.Status;
import io.keyward.app.start.StartChecks;
import io.keyward.config.IntakeSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Checks everything that the commands `run` or `intake` depend on, and continues after a failure, so that
/// one call shows every problem. It changes nothing.
public final class ConfigCheck {
    private ConfigCheck() {}

    public record CheckResult(String subject, CheckOutcome outcome) {
        /// Returns one line for the result; further lines of its detail are indented.
        public String text() {
            String word = outcome.status().name().toLowerCase(Locale.ROOT);
            return Stream.concat(Stream.of(outcome.detail()), outcome.notes().stream())
                    .flatMap(String::lines)
                    .collect(Collectors.joining("\n    ", "%-8s %-16s ".formatted(word, subject), ""));
        }
    }

    /// Runs every check; `report` receives each result at once. A configuration with secrets for an intake is
    /// checked for the command `intake`; if it has a state folder too, also for `run`.
    ///
    /// @param startAnew whether `run` will be started with `--start-anew`
    /// @return whether nothing has failed
    public static boolean passes(KeywardConfig config, boolean startAnew, Consumer<CheckResult> report) {
        Map<String, Status> found = new HashMap<>();
        for (Check check : checks(config, startAnew)) {
            CheckOutcome outcome = outcome(check, found);
            found.put(check.subject(), outcome.status());
            report.accept(new CheckResult(check.subject(), outcome));
        }
        return !found.containsValue(Status.FAILED);
    }

    private static List<Check> checks(KeywardConfig config, boolean startAnew) {
        Prerequisites run = new Prerequisites(config, false, startAnew);
        IntakePrerequisites intake = new IntakePrerequisites(config);
        boolean takesIn = IntakeSettings.areIn(config);
        boolean decides = !takesIn || config.find(StateSettings.DIR).isPresent();
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
            checks.add(new Check(
                    "intake's topics", List.of(Prerequisites.KAFKA), new StartChecks(config)::checkTopicsOfIntake));
        }
        return checks;
    }

    private static CheckOutcome outcome(Check check, Map<String, Status> found) {
        for (String needed : check.needs()) {
            if (found.get(needed) != Status.OK && found.get(needed) != Status.ADVICE) {
                return Status.SKIPPED.with("the check of %s did not pass".formatted(needed));
            }
        }
        try {
            return check.step().get();
        } catch (RuntimeException failure) {
            return Status.FAILED.with(Failures.message(failure));
        }
    }
}
