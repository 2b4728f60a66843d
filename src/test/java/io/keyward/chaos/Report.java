package io.keyward.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The table of faults and guarantees: how often each fault was tried, what was lost and doubled by each guarantee,
/// and how long a partition was blocked at most.
final class Report {
    private static final String ROW = "%-32s %-20s %4s %6s %7s %9s%n";

    private final Map<String, List<Experiment.Result>> byFault = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    void add(Experiment.Result result) {
        byFault.computeIfAbsent(result.experiment().fault().name(), _ -> new ArrayList<>())
                .add(result);
    }

    /// Notes an experiment that came to no end.
    void failed(Experiment experiment, Throwable failure) {
        failures.add("%s, seed %d: %s".formatted(experiment, experiment.seed(), failure));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(ROW.formatted("fault", "guarantee", "runs", "lost", "doubled", "blocked s"));
        byFault.forEach((fault, results) ->
                guarantees(results).forEach(guarantee -> text.append(row(fault, guarantee, results))));
        text.append(summary());
        failures.forEach(failure -> text.append("no end: ").append(failure).append(System.lineSeparator()));
        return text.toString();
    }

    private static Collection<String> guarantees(List<Experiment.Result> results) {
        return results.getFirst().violations().keySet();
    }

    private static String row(String fault, String guarantee, List<Experiment.Result> results) {
        return ROW.formatted(
                fault,
                guarantee,
                results.size(),
                count(results, guarantee, Violation.Kind.LOST),
                count(results, guarantee, Violation.Kind.DOUBLED),
                seconds(results));
    }

    private static long count(List<Experiment.Result> results, String guarantee, Violation.Kind kind) {
        return results.stream()
                .flatMap(result -> result.violations().get(guarantee).stream())
                .filter(violation -> violation.kind() == kind)
                .count();
    }

    private static String seconds(List<Experiment.Result> results) {
        Duration longest = results.stream()
                .map(Experiment.Result::blocked)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return String.format(Locale.ROOT, "%.1f", longest.toMillis() / 1000.0);
    }

    private String summary() {
        List<Experiment.Result> all =
                byFault.values().stream().flatMap(List::stream).toList();
        return "%d experiments, %d inputs, %d decisions; instances that ended by themselves: %d%n"
                .formatted(
                        all.size(),
                        all.stream().mapToInt(Experiment.Result::inputs).sum(),
                        all.stream().mapToInt(Experiment.Result::decisions).sum(),
                        all.stream().mapToInt(Experiment.Result::ends).sum());
    }
}
