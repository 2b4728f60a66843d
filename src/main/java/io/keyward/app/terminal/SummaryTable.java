package io.keyward.app.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// A table of environments. Adjacent rows that differ only in the number at the end of their names are merged.
record SummaryTable(List<Row> rows) {
    private static final List<String> HEADINGS =
            List.of("Environment", "State", "Policy", "Key", "Components", "Sinks", "Open warnings");
    private static final List<String> LEGEND = List.of(
            "Components, in order: Dataverse, cloud flows, desktop flows, run history, OAuth",
            "connections, other connections, hosted machine groups, hosted machines.",
            "C customer-managed, M Microsoft-managed, X some on each, P to be provisioned",
            "again, L locked, ? not known. Sinks: how many are suppressed.");

    private static final String NONE = "-";
    private static final String INDENT = "    ";
    private static final int GAP = 2;

    /// One environment, or several with numbered names.
    record Row(NumberedName first, NumberedName last, List<String> cells, Colour colour) {
        static Row of(OutputRecord.Published decision) {
            JsonNode value = decision.value();
            String state = decision.text("encryptionState");
            String status = decision.text("policyStatus");
            List<String> cells = List.of(
                    state,
                    status,
                    orDash(Visible.line(Format.key(value.path("key")))),
                    orDash(components(value.path("components"))),
                    orDash(
                            value.path("suppressedSinks").isEmpty()
                                    ? ""
                                    : Integer.toString(
                                            value.path("suppressedSinks").size())),
                    orDash(Visible.line(String.join(", ", Format.texts(value.path("openWarnings"))))));
            NumberedName name = NumberedName.of(Visible.line(decision.key()));
            return new Row(name, name, cells, OutcomeLines.ofState(state, status));
        }

        boolean continuedBy(Row next) {
            return last.precedes(next.first) && cells.equals(next.cells);
        }

        Row upTo(Row next) {
            return new Row(first, next.last, cells, colour);
        }

        String cell(int column) {
            return column == 0 ? name() : cells.get(column - 1);
        }

        String name() {
            return first.equals(last) ? first.text() : first.text() + " … " + last.digits();
        }
    }

    static SummaryTable of(Collection<OutputRecord.Published> decisions) {
        List<Row> rows = new ArrayList<>();
        for (OutputRecord.Published decision : decisions) {
            Row row = Row.of(decision);
            if (!rows.isEmpty() && rows.getLast().continuedBy(row)) {
                rows.add(rows.removeLast().upTo(row));
            } else {
                rows.add(row);
            }
        }
        return new SummaryTable(rows);
    }

    int size() {
        return rows.size();
    }

    /// The lines of the table. If the table is wider than the screen, open warnings are printed below their
    /// rows.
    List<StyledLine> lines(int screen) {
        int[] widths = widths();
        boolean fits = Arrays.stream(widths).sum() - GAP <= screen;
        int columns = fits ? widths.length : widths.length - 1;
        List<StyledLine> lines = new ArrayList<>();
        StyledLine heading = new StyledLine();
        for (int column = 0; column < columns; column++) {
            heading.column(Colour.NAME, HEADINGS.get(column), widths[column]);
        }
        lines.add(heading);
        for (Row row : rows) {
            lines.add(line(row, Arrays.copyOf(widths, columns)));
            if (!fits) {
                lines.addAll(below(row, screen));
            }
        }
        LEGEND.forEach(text -> lines.add(new StyledLine().add(Colour.FAINT, text)));
        if (!fits) {
            lines.add(new StyledLine().add(Colour.FAINT, "Below a row stand its open warnings."));
        }
        return lines;
    }

    private static List<StyledLine> below(Row row, int screen) {
        List<StyledLine> lines = new ArrayList<>();
        String rest =
                row.cells().getLast().equals(NONE) ? "" : INDENT + row.cells().getLast();
        while (!rest.isEmpty()) {
            int end = rest.length() <= screen ? -1 : rest.lastIndexOf(' ', screen);
            String line = end <= INDENT.length() ? rest : rest.substring(0, end);
            lines.add(new StyledLine().add(line));
            rest = line.equals(rest) ? "" : INDENT + rest.substring(end + 1);
        }
        return lines;
    }

    private static StyledLine line(Row row, int[] widths) {
        StyledLine line = new StyledLine().column(Colour.NAME, row.name(), widths[0]);
        for (int column = 1; column < widths.length; column++) {
            Colour colour = column <= 2 ? row.colour() : Colour.PLAIN;
            line.column(colour, row.cell(column), widths[column]);
        }
        return line;
    }

    private int[] widths() {
        int[] widths = HEADINGS.stream().mapToInt(String::length).toArray();
        for (Row row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.cell(column).length());
            }
        }
        Arrays.setAll(widths, column -> widths[column] + GAP);
        return widths;
    }

    private static String components(JsonNode components) {
        List<String> letters = new ArrayList<>();
        components.forEach(
                component -> letters.add(letter(component.path("protection").asText())));
        return letters.stream().collect(Collectors.joining());
    }

    private static String letter(String protection) {
        return switch (protection) {
            case "CUSTOMER_MANAGED" -> "C";
            case "MICROSOFT_MANAGED" -> "M";
            case "MIXED" -> "X";
            case "PENDING_REPROVISION" -> "P";
            case "LOCKED" -> "L";
            default -> "?";
        };
    }

    private static String orDash(String text) {
        return text.isEmpty() ? NONE : text;
    }

    /// A name that may end in a number.
    ///
    /// @param stem the name without these digits
    /// @param digits the digits at the end, at most nine; empty if there are none
    record NumberedName(String stem, String digits) {
        private static final int MOST_DIGITS = 9;

        static NumberedName of(String text) {
            int start = text.length();
            while (start > 0 && text.length() - start < MOST_DIGITS && isDigit(text.charAt(start - 1))) {
                start--;
            }
            return new NumberedName(text.substring(0, start), text.substring(start));
        }

        String text() {
            return stem + digits;
        }

        /// Whether the other name is the same with the next number and the same number of digits.
        boolean precedes(NumberedName other) {
            return stem.equals(other.stem)
                    && !digits.isEmpty()
                    && digits.length() == other.digits.length()
                    && Integer.parseInt(digits) + 1 == Integer.parseInt(other.digits);
        }

        private static boolean isDigit(char character) {
            return character >= '0' && character <= '9';
        }
    }
}
