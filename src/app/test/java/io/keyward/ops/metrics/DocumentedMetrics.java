package io.keyward.ops.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The metrics in the tables of `docs/metrics.md`.
final class DocumentedMetrics {
    private DocumentedMetrics() {}

    /// The types of the metrics whose names begin so, from this heading on, by name.
    static Map<String, String> of(String heading, String prefix) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("docs", "metrics.md"));
        return lines.subList(lines.indexOf(heading), lines.size()).stream()
                .filter(line -> line.startsWith("| `" + prefix))
                .map(line -> line.split("\\|"))
                .collect(Collectors.toMap(cells -> cells[1].replace("`", "").strip(), cells -> cells[2].strip()));
    }
}
