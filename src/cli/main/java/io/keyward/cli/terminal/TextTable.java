package io.keyward.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// A table whose columns are as wide as their texts. Trailing columns that do not fit on the screen are printed
/// below their rows.
///
/// @param least the number of columns at the beginning that stay side by side on every screen
public record TextTable(List<String> headings, List<List<Cell>> rows, int least) {
    /// The content of a cell without a text.
    static final String NONE = "-";

    private static final String INDENT = "    ";
    private static final int GAP = 2;

    /// A text and its colour.
    public record Cell(Colour colour, String text) {
        public Cell {
            text = text.isEmpty() ? NONE : Visible.line(text);
        }
    }

    /// A column with the cell of each row.
    public record Column(String heading, Function<JsonFields, Cell> cell) {
        public Column(String heading, Colour colour, Function<JsonFields, String> text) {
            this(heading, row -> new Cell(colour, text.apply(row)));
        }

        public static Column text(String heading, Colour colour, String field) {
            return new Column(heading, colour, row -> row.text(field));
        }

        public static Column time(String heading, Colour colour, String field) {
            return new Column(heading, colour, row -> row.time(field));
        }
    }

    /// A table with a row for each of these.
    public static TextTable of(List<JsonFields> rows, List<Column> columns, int least) {
        return new TextTable(
                columns.stream().map(Column::heading).toList(),
                rows.stream()
                        .map(row -> columns.stream()
                                .map(column -> column.cell().apply(row))
                                .toList())
                        .toList(),
                least);
    }

    /// Whether the whole table fits, so that nothing is printed below a row.
    boolean fits(int screen) {
        return columns(screen) == headings.size();
    }

    /// The lines of the table.
    public List<StyledLine> lines(int screen) {
        int[] widths = widths();
        int columns = columns(screen);
        List<StyledLine> lines = new ArrayList<>();
        StyledLine heading = new StyledLine();
        for (int column = 0; column < columns; column++) {
            heading.column(Colour.NAME, headings.get(column), widths[column]);
        }
        lines.add(heading);
        for (List<Cell> row : rows) {
            StyledLine line = new StyledLine();
            for (int column = 0; column < columns; column++) {
                line.column(row.get(column).colour(), row.get(column).text(), widths[column]);
            }
            lines.add(line);
            row.stream()
                    .skip(columns)
                    .filter(cell -> !cell.text().equals(NONE))
                    .forEach(cell -> lines.addAll(StyledLine.wrapped(cell.colour(), INDENT, cell.text(), screen)));
        }
        return lines;
    }

    private int columns(int screen) {
        int[] widths = widths();
        int columns = widths.length;
        while (columns > least && Arrays.stream(widths, 0, columns).sum() - GAP > screen) {
            columns--;
        }
        return columns;
    }

    private int[] widths() {
        int[] widths = headings.stream().mapToInt(String::length).toArray();
        for (List<Cell> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).text().length());
            }
        }
        Arrays.setAll(widths, column -> widths[column] + GAP);
        return widths;
    }
}
