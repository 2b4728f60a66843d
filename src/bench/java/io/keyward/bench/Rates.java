package io.keyward.bench;

import io.keyward.bench.measure.BenchException;
import io.keyward.bench.measure.FinalDecisions;
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

    /// The mean over the rounds. NaN if the subject finished its backlog before the measurement began.
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

    /// The mean and, with several rounds, the value of each round.
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

    /// The rate of one subject as a share of another's. NaN if one of the rates is missing.
    double ratioOf(Subject subject, Subject other) {
        return mean(subject, result -> result.usage().eventsPerSecond())
                / mean(other, result -> result.usage().eventsPerSecond());
    }

    String ratio(double eventsPerSecond, Subject other) {
        return text(
                "%.2f", eventsPerSecond / mean(other, result -> result.usage().eventsPerSecond()));
    }

    /// The number of environments whose last decision differs from the product's in the same run.
    String differences(Result result) {
        return product()
                .flatMap(reference -> result.outcome().map(outcome -> outcome.differingFrom(reference)))
                .map("%,d"::formatted)
                .orElse(NONE);
    }

    /// One sentence for each subject. All of them have done their work.
    ///
    /// @throws BenchException if the decisions of a subject differ from the product's, or the product was not
    /// measured
    List<String> agreements() {
        FinalDecisions product = product()
                .orElseThrow(() -> new BenchException("There is nothing to compare with: the product was not run."));
        return last().stream().map(result -> agreement(result, product)).toList();
    }

    private static String agreement(Result result, FinalDecisions product) {
        String label = result.subject().label();
        if (result.outcome().isEmpty()) {
            return label + ": runs";
        }
        long differing = result.outcome().get().differingFrom(product);
        if (differing > 0) {
            throw new BenchException(
                    "%s decides %,d environments differently from the product".formatted(label, differing));
        }
        return "%s: decides %,d environments as the product does".formatted(label, product.environments());
    }

    private Optional<FinalDecisions> product() {
        return last().stream()
                .filter(result -> Plan.isProduct(result.subject()))
                .flatMap(result -> result.outcome().stream())
                .findFirst();
    }

    private List<Result> of(Subject subject) {
        return results.stream().filter(result -> result.subject() == subject).toList();
    }

    private static String text(String format, double figure) {
        return Double.isFinite(figure) ? format.formatted(figure) : NONE;
    }
}
