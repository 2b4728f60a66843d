package io.keyward.cli.terminal;

import io.keyward.cli.terminal.TextTable.Cell;
import io.keyward.topology.read.OutputRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    record Row(NumberedName first, NumberedName last, List<Cell> cells) {
        static Row of(OutputRecord.Published decision) {
            JsonFields value = JsonFields.of(decision);
            String state = decision.text("encryptionState");
            String status = decision.text("policyStatus");
            Colour colour = OutcomeLines.ofState(state, status);
            int sinks = value.all("suppressedSinks").size();
            List<Cell> cells = List.of(
                    new Cell(colour, state),
                    new Cell(colour, status),
                    new Cell(Colour.PLAIN, value.key("key")),
                    new Cell(Colour.PLAIN, components(value.all("components"))),
                    new Cell(Colour.PLAIN, sinks == 0 ? "" : Integer.toString(sinks)),
                    new Cell(Colour.PLAIN, String.join(", ", value.texts("openWarnings"))));
            NumberedName name = NumberedName.of(Visible.line(decision.key()));
            return new Row(name, name, cells);
        }

        boolean continuedBy(Row next) {
            return last.precedes(next.first) && cells.equals(next.cells);
        }

        Row upTo(Row next) {
            return new Row(first, next.last, cells);
        }

        List<Cell> all() {
            return Stream.concat(Stream.of(new Cell(Colour.NAME, name())), cells.stream())
                    .toList();
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
            lines.add(new StyledLine().add(Colour.FAINT, "Open warnings are listed below their rows."));
        }
        return lines;
    }

    private static String components(List<JsonFields> components) {
        return components.stream()
                .map(component -> deadLetter(component.text("protection")))
                .collect(Collectors.joining());
    }

    private static String deadLetter(String protection) {
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
        private static final Pattern FORM = Pattern.compile("(.*?)([0-9]{0,9})", Pattern.DOTALL);

        static NumberedName of(String text) {
            Matcher parts = FORM.matcher(text);
            var _ = parts.matches();
            return new NumberedName(parts.group(1), parts.group(2));
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
    }
}
