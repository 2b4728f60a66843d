package io.keyward.ops.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The metrics in the tables of `docs/metrics.md`.
public final class DocumentedMetrics {
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private DocumentedMetrics() {}

    /// One metric, with the names of its labels in their order.
    public record Metric(String name, String type, Set<String> labels) {
        /// A distribution has a gauge of its greatest value beside it.
        private Stream<Metric> withGreatest() {
            return type.equals("gauge") || type.equals("counter")
                    ? Stream.of(this)
                    : Stream.of(this, new Metric(name + "_max", "gauge", labels));
        }
    }

    /// The types of the metrics whose names begin so, from this heading on, by name.
    static Map<String, String> of(String heading, String prefix) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("docs", "metrics.md"));
        return metrics(lines.subList(lines.indexOf(heading), lines.size()).stream())
                .filter(metric -> metric.name().startsWith(prefix))
                .collect(Collectors.toMap(Metric::name, Metric::type));
    }

    /// The metrics in the rows of tables among these lines. A row may have several.
    public static Stream<Metric> metrics(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|"))
                .flatMap(cells -> names(cells[1])
                        .map(name -> new Metric(
                                name,
                                cells[2].strip(),
                                names(cells[3]).collect(Collectors.toCollection(TreeSet::new)))))
                .flatMap(Metric::withGreatest);
    }

    private static Stream<String> names(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1));
    }
}
