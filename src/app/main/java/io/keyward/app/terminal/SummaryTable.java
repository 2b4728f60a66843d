package io.keyward.app.terminal;

import io.keyward.topology.OutputRecord;
import java.util.ArrayList;
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

    /// One environment, or several with numbered names.
    record Row(NumberedName first, NumberedName last, List<String> cells, Colour colour) {
        static Row of(OutputRecord.Published decision) {
            JsonFields value = JsonFields.of(decision);
            String state = decision.text("encryptionState");
            String status = decision.text("policyStatus");
            List<String> cells = List.of(
                    state,
                    status,
                    value.key("key"),
                    components(value.all("components")),
                    value.all("suppressedSinks").isEmpty()
                            ? ""
                            : Integer.toString(value.all("suppressedSinks").size()),
                    String.join(", ", value.texts("openWarnings")));
            NumberedName name = NumberedName.of(Visible.line(decision.key()));
            return new Row(name, name, cells, OutcomeLines.ofState(state, status));
        }

        boolean continuedBy(Row next) {
            return last.precedes(next.first) && cells.equals(next.cells);
        }

        Row upTo(Row next) {
            return new Row(first, next.last, cells, colour);
        }

        List<TextTable.Cell> all() {
            List<TextTable.Cell> all = new ArrayList<>(List.of(new TextTable.Cell(Colour.NAME, name())));
            for (int cell = 0; cell < cells.size(); cell++) {
                all.add(new TextTable.Cell(cell < 2 ? colour : Colour.PLAIN, cells.get(cell)));
            }
            return all;
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

    /// The lines of the table and its legend. If the table is wider than the screen, open warnings are printed
    /// below their rows.
    List<StyledLine> lines(int screen) {
        TextTable table = new TextTable(HEADINGS, rows.stream().map(Row::all).toList(), HEADINGS.size() - 1);
        List<StyledLine> lines = new ArrayList<>(table.lines(screen));
        LEGEND.forEach(text -> lines.add(new StyledLine().add(Colour.FAINT, text)));
        if (!table.fits(screen)) {
            lines.add(new StyledLine().add(Colour.FAINT, "Below a row stand its open warnings."));
        }
        return lines;
    }

    private static String components(List<JsonFields> components) {
        return components.stream()
                .map(component -> letter(component.text("protection")))
                .collect(Collectors.joining());
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
