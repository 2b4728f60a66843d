package io.keyward.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.console.answer.EnvironmentList;
import io.keyward.console.replica.Staleness;
import io.keyward.ops.http.BadRequestException;
import io.keyward.ops.http.Caller;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A list as CSV conforms to RFC 4180 and is harmless in a spreadsheet.
class CsvTableTest {
    private static final String HEADER = "\"environmentId\",\"keyName\",\"openWarnings\"\r\n";

    private final List<String> queries = new ArrayList<>();

    private static EnvironmentList list(Optional<String> next, List<String> missing, String... environments) {
        return new EnvironmentList(
                List.of(environments).stream().map(CsvTableTest::entry).toList(),
                next,
                new Staleness(Instant.EPOCH, Instant.EPOCH, new TreeMap<>(), 0, missing.isEmpty(), missing));
    }

    private static EnvironmentList.Entry entry(String environment) {
        return new EnvironmentList.Entry(
                "contoso",
                environment,
                Optional.empty(),
                1,
                Optional.empty(),
                List.of("KEY_REVOKED", "RETAIN_KEY"),
                Optional.empty(),
                List.of(),
                List.of());
    }

    private EndpointResponse ask(String query, Function<ViewRequest, EnvironmentList> question) {
        return new CsvTable(
                        new ApiQuestion("/environments", "environments", "tenant, after, limit", parameters -> {
                            queries.add(parameters.request().query());
                            return question.apply(parameters);
                        }),
                        "environments",
                        "environmentId,keyName,openWarnings")
                .route(_ -> null, null)
                .reply(new EndpointRequest("GET", "/", Map.of(), query, Map.of(), new byte[0], Caller.ANYBODY));
    }

    private String table(EnvironmentList answer) {
        return new String(ask("", _ -> answer).body(), StandardCharsets.UTF_8);
    }

    @Test
    void everyFieldIsQuotedAndEveryLineEndsAsRfc4180Says() {
        assertThat(table(list(Optional.empty(), List.of(), "a,b", "say \"so\"", "x;y")))
                .isEqualTo(HEADER
                        + "\"a,b\",\"\",\"KEY_REVOKED; RETAIN_KEY\"\r\n"
                        + "\"say \"\"so\"\"\",\"\",\"KEY_REVOKED; RETAIN_KEY\"\r\n"
                        + "\"x;y\",\"\",\"KEY_REVOKED; RETAIN_KEY\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(1)",
                "+1",
                "-1",
                "@SUM(A1)",
                " =1",
                "\u00a0=1",
                "\t=1",
                "\r=1",
                "＝1",
                "＋1",
                "－1",
                "＠a"
            })
    void aTextThatASpreadsheetCouldTakeForAFormulaIsAText(String name) {
        assertThat(table(list(Optional.empty(), List.of(), name))).startsWith(HEADER + "\"'" + name + "\",");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1", "sales-prod", "1+1", "'quoted"})
    void otherTextsStayAsTheyAre(String name) {
        assertThat(table(list(Optional.empty(), List.of(), name))).startsWith(HEADER + "\"" + name + "\",");
    }

    @Test
    void itHoldsEveryPageFromTheRequestedOneOn() {
        EndpointResponse response = ask(
                "after=one&tenant=contoso",
                parameters -> parameters.text("after").equals(Optional.of("one"))
                        ? list(Optional.of("t w"), List.of(), "a")
                        : list(Optional.empty(), List.of(), "b"));
        assertThat(new String(response.body(), StandardCharsets.UTF_8).lines().map(line -> line.split(",", 2)[0]))
                .containsExactly("\"environmentId\"", "\"a\"", "\"b\"");
        assertThat(queries).containsExactly("tenant=contoso&limit=200&after=one", "tenant=contoso&limit=200&after=t+w");
        assertThat(response.contentType()).isEqualTo("text/csv; charset=utf-8; header=present");
        assertThat(response.headers().get("Content-Disposition"))
                .isEqualTo("attachment; filename=\"environments.csv\"");
    }

    @Test
    void itSaysWhatItLeavesOut() {
        String[] page = Collections.nCopies(200, "e").toArray(String[]::new);
        List<String> lines = new String(
                        ask("", _ -> list(Optional.of("more"), List.of("Partition 3 is not there."), page))
                                .body(),
                        StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(lines).hasSize(1 + 10_000 + 2);
        assertThat(lines.subList(10_001, 10_003))
                .containsExactly(
                        "\"NOTE: Partition 3 is not there.\",\"\",\"\"",
                        "\"NOTE: More rows follow. Repeat the request with the parameter after=more.\",\"\",\"\"");
    }

    @Test
    void aLimitIsRefused() {
        assertThatThrownBy(() -> ask("limit=5", _ -> list(Optional.empty(), List.of())))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("The parameter 'limit' is not supported here: a table has up to 10,000 rows"
                        + " and begins at the cursor 'after'.");
    }
}
