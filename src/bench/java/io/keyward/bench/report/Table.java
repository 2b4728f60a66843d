package io.keyward.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// A table in Markdown: text is left-aligned, numbers are right-aligned.
public final class Table {
    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... heads) {
        this.heads = List.of(heads);
    }

    public void add(String... cells) {
        rows.add(Arrays.asList(cells));
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public String markdown() {
        StringBuilder text = new StringBuilder(line(heads));
        List<String> rule = new ArrayList<>(Collections.nCopies(heads.size(), "---:"));
        rule.set(0, "---");
        text.append(line(rule));
        rows.forEach(row -> text.append(line(row)));
        return text.toString();
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
