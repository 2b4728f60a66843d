package io.keyward.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.console.answer.Questions;
import io.keyward.ops.http.BadRequestException;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.Route;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A list of the API as CSV (RFC 4180), with the list's filters and starting at its cursor.
///
/// Every field is quoted, so that no spreadsheet's separator splits it. A text that a spreadsheet would treat as
/// a formula is prefixed with an apostrophe. Rows at the end say what is left out and what is incomplete; their
/// first field starts with `NOTE: `.
///
/// @param question accepts `after` and `limit` besides the filters
/// @param list the field of the answer that holds the rows
/// @param columns the fields of a row, or of its key, separated by commas
record CsvTable(ApiQuestion question, String list, String columns) {
    static final int MAX_ROWS = 10_000;

    private static final String LINE_END = "\r\n";
    private static final Pattern FORMULA = Pattern.compile("[\\s\\h]*[=+@＝＋－＠-]");

    Route route(Views views, Questions questions) {
        return new Route(
                ConsoleApi.PREFIX + question.path() + ".csv",
                "the same as CSV, up to %,d rows".formatted(MAX_ROWS),
                request -> Replies.from(
                        views, request, view -> response(table(new ViewRequest(view, questions, request)))));
    }

    private EndpointResponse response(String table) {
        String file = question.path().substring(1).replace('/', '-') + ".csv";
        return new EndpointResponse(200, "text/csv; charset=utf-8; header=present", table)
                .with("Content-Disposition", "attachment; filename=\"" + file + "\"");
    }

    private String table(ViewRequest request) {
        if (request.text("limit").isPresent()) {
            throw new BadRequestException(
                    "The parameter 'limit' is not supported here: a table has up to %,d rows and begins at the cursor 'after'."
                            .formatted(MAX_ROWS));
        }
        StringBuilder table = new StringBuilder();
        line(table, names());
        Optional<String> after = request.text("after");
        JsonNode page;
        int rows = 0;
        do {
            page = AnswerJson.write(question.ask(request.page(after, Parameters.MAX_LIMIT)));
            for (JsonNode row : page.path(list)) {
                line(table, names().map(column -> field(row, column)));
                rows++;
            }
            after = Optional.ofNullable(page.path("next").textValue());
        } while (after.isPresent() && rows + Parameters.MAX_LIMIT <= MAX_ROWS);
        page.path("missing").forEach(sentence -> note(table, sentence.asText()));
        after.ifPresent(
                next -> note(table, "More rows follow. Repeat the request with the parameter after=" + next + "."));
        return table.toString();
    }

    /// Adds a note as a line with as many fields as there are columns.
    private void note(StringBuilder table, String sentence) {
        line(table, names().map(column -> columns.startsWith(column + ",") ? "NOTE: " + sentence : ""));
    }

    private Stream<String> names() {
        return Stream.of(columns.split(",", -1));
    }

    private static void line(StringBuilder table, Stream<String> fields) {
        table.append(fields.map(CsvTable::quoted).collect(Collectors.joining(",")))
                .append(LINE_END);
    }

    private static String field(JsonNode row, String column) {
        return text(row.has(column) ? row.path(column) : row.path("key").path(column));
    }

    private static String text(JsonNode value) {
        return value.isContainerNode()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(CsvTable::text)
                        .collect(Collectors.joining(value.isArray() ? "; " : " "))
                : value.asText();
    }

    private static String quoted(String text) {
        return '"' + (FORMULA.matcher(text).lookingAt() ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
