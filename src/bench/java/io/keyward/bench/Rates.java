package io.keyward.bench;

import io.keyward.bench.measure.Outcome;
import io.keyward.bench.measure.Result;
import io.keyward.bench.measure.Subject;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// The results of all rounds, by subject.
final class Rates {
    private static final String NONE = "-";

    private final List<Result> results;

    Rates(List<Result> results) {
        this.results = List.copyOf(results);
    }

    int rounds() {
        return results.stream().mapToInt(Result::round).max().orElse(0);
    }

    List<Subject> subjects() {
        return results.stream().map(Result::subject).distinct().sorted().toList();
    }

    /// The result of each subject in its last round.
    List<Result> last() {
        return subjects().stream().map(subject -> of(subject).getLast()).toList();
    }

    /// The mean over the rounds; not a number if the subject was too fast for its backlog.
    double mean(Subject subject, ToDoubleFunction<Result> figure) {
        return of(subject).stream()
                .mapToDouble(figure)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    String mean(Subject subject, String format, ToDoubleFunction<Result> figure) {
        return text(format, mean(subject, figure));
    }

    /// The mean, and with several rounds what each has given.
    String each(Subject subject, String format, ToDoubleFunction<Result> figure) {
        String mean = mean(subject, format, figure);
        return of(subject).size() == 1
                ? mean
                : of(subject).stream()
                        .map(result -> text(format, figure.applyAsDouble(result)))
                        .collect(Collectors.joining(", ", mean + " (", ")"));
    }

    String ratio(Subject subject, Subject other) {
        return text("%.2f", ratioOf(subject, other));
    }

    /// The rate of one subject as a share of another's; not a number where one is missing.
    double ratioOf(Subject subject, Subject other) {
        return mean(subject, result -> result.usage().eventsPerSecond())
                / mean(other, result -> result.usage().eventsPerSecond());
    }

    String ratio(double eventsPerSecond, Subject other) {
        return text(
                "%.2f", eventsPerSecond / mean(other, result -> result.usage().eventsPerSecond()));
    }

    /// How many environments ended in another decision than with the product, in the same run.
    String differences(Result result) {
        Optional<Outcome> product = last().stream()
                .filter(other ->
                        other.subject() == Subject.KEYWARD_MEMORY || other.subject() == Subject.KEYWARD_ROCKSDB)
                .flatMap(other -> other.outcome().stream())
                .findFirst();
        return product.flatMap(reference -> result.outcome().map(outcome -> outcome.differingFrom(reference)))
                .map("%,d"::formatted)
                .orElse(NONE);
    }

    private List<Result> of(Subject subject) {
        return results.stream().filter(result -> result.subject() == subject).toList();
    }

    private static String text(String format, double figure) {
        return Double.isFinite(figure) ? format.formatted(figure) : NONE;
    }
}
