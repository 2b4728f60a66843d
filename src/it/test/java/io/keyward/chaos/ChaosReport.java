package io.keyward.chaos;

import io.keyward.chaos.Experiment.Result;
import io.keyward.chaos.guarantee.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The table of faults and guarantees: how often each fault was run, how much was lost and doubled by each
/// guarantee, and how long a partition was blocked at most.
final class ChaosReport {
    private static final String ROW = "%-34s %-23s %4s %6s %7s %9s%n";

    private final List<Result> results = new ArrayList<>();
    private final List<Result> broken = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    void add(Result result) {
        results.add(result);
    }

    /// Adds what the checks found in a processor that is broken on purpose.
    void addBroken(Result result) {
        broken.add(result);
    }

    /// Adds an experiment that did not finish.
    void addFailure(Experiment experiment, Throwable failure) {
        failures.add("%s, seed %d: %s".formatted(experiment, experiment.seed(), failure));
    }

    /// Whether every experiment finished and found no violation.
    boolean isClean() {
        return failures.isEmpty() && results.stream().allMatch(Result::isClean);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(ROW.formatted("fault", "guarantee", "runs", "lost", "doubled", "blocked s"));
        text.append(rows(results));
        text.append("%d experiments, %d inputs, %d decisions; %d times an instance ended by itself%n"
                .formatted(
                        results.size(),
                        results.stream().mapToInt(Result::inputs).sum(),
                        results.stream().mapToInt(Result::decisions).sum(),
                        results.stream().mapToInt(Result::ends).sum()));
        failures.forEach(failure -> text.append("not finished: %s%n".formatted(failure)));
        if (!broken.isEmpty()) {
            text.append("Broken on purpose (at least once instead of exactly once), so the checks must notice:%n"
                    .formatted());
            text.append(rows(broken));
        }
        return text.toString();
    }

    private static String rows(List<Result> results) {
        Map<String, List<Result>> byFault = results.stream()
                .collect(Collectors.groupingBy(
                        result -> result.experiment().fault().name(), LinkedHashMap::new, Collectors.toList()));
        StringBuilder rows = new StringBuilder();
        byFault.forEach((fault, runs) ->
                runs.getFirst().violations().keySet().forEach(guarantee -> rows.append(row(fault, guarantee, runs))));
        return rows.toString();
    }

    private static String row(String fault, String guarantee, List<Result> runs) {
        return ROW.formatted(
                fault,
                guarantee,
                runs.size(),
                count(runs, guarantee, Violation.Kind.LOST),
                count(runs, guarantee, Violation.Kind.DOUBLED),
                longestBlock(runs));
    }

    private static long count(List<Result> runs, String guarantee, Violation.Kind kind) {
        return runs.stream()
                .flatMap(run -> run.violations().get(guarantee).stream())
                .filter(violation -> violation.kind() == kind)
                .count();
    }

    private static String longestBlock(List<Result> runs) {
        Duration longest =
                runs.stream().map(Result::blocked).max(Duration::compareTo).orElseThrow();
        return String.format(Locale.ROOT, "%.1f", longest.toMillis() / 1000.0);
    }
}
