package io.keyward.app.command;

import io.keyward.app.config.KeywardConfig;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Tries, one after the other, all that the command `run` depends on, and goes on where one of it fails: so one call
/// shows everything that is wrong. Changes nothing anywhere.
public final class ConfigCheck {
    private final Consumer<Result> seen;
    private boolean failed;

    private ConfigCheck(Consumer<Result> seen) {
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
    record Found(Status status, String detail) {
        static Found ok(String detail) {
            return new Found(Status.OK, detail);
        }

        static Found failed(String detail) {
            return new Found(Status.FAILED, detail);
        }

        static Found skipped(String why) {
            return new Found(Status.SKIPPED, why);
        }
    }

    /// What was tried, and what was found.
    public record Result(String subject, Found found) {
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
    public static boolean passes(KeywardConfig config, boolean startAnew, Consumer<Result> seen) {
        ConfigCheck check = new ConfigCheck(seen);
        PreflightChecks trials = new PreflightChecks(config, startAnew);
        check.attempt("configuration", trials::configuration);
        check.attempt("state folder", trials::stateFolder);
        check.attempt("HTTP endpoint", trials::http);
        if (check.attempt("Kafka", trials::kafka) == Status.OK) {
            check.attempt("access", trials::access);
            Status topics = check.attempt("topics", trials::topics);
            check.attempt(
                    "cluster",
                    topics != Status.FAILED ? trials::cluster : () -> Found.skipped("the topics are not ready"));
        } else {
            check.attempt("access", () -> Found.skipped("Kafka was not reached"));
            check.attempt("topics", () -> Found.skipped("Kafka was not reached"));
            check.attempt("cluster", () -> Found.skipped("Kafka was not reached"));
        }
        check.attempt("schema registry", trials::schemas);
        check.attempt("vaults", trials::vaults);
        return !check.failed;
    }

    private Status attempt(String subject, Supplier<Found> trial) {
        Found found = found(trial);
        failed |= found.status() == Status.FAILED;
        seen.accept(new Result(subject, found));
        return found.status();
    }

    private static Found found(Supplier<Found> trial) {
        try {
            return trial.get();
        } catch (RuntimeException failure) {
            return Found.failed(Failures.message(failure));
        }
    }
}
