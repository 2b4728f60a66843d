package io.keyward.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyward.testing.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Exit codes, options and refused lines of `preflight`.
class PreflightCommandTest {
    private static final String MIGRATES = flow("a", "Recurrence", "");
    private static final String STAYS = flow("b", "Http", "");
    private static final String NOT_KNOWN = flow("c", "Recurrence", "'nowhere'");
    private static final int MANY = 100_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a   |                       | 0
        a,b |                       | 1
        a,c |                       | 1
        a   | --used=24             | 0
        a   | --used=25             | 1
        a   | --used=25 --limit=26  | 0
        a   | --used=0 --limit=0    | 1
        a   | --json                | 0
        a,b | --json                | 1
        a   | --limit=26            | 2
        a   | --used=-1             | 2
        a   | --used=x              | 2
        a   | --used=1 --limit=-1   | 2
        a   | --nonsense            | 2
        """)
    void theExitCode(String flows, String options, int expected) {
        List<String> arguments = List.of(((options == null ? "" : options + " ") + "-").split(" ", -1));

        assertThat(Run.of(PreflightCommand.class, lines(flows), arguments).exitCode())
                .isEqualTo(expected);
    }

    private static String lines(String flows) {
        return List.of(flows.split(",", -1)).stream()
                .map(id -> switch (id) {
                    case "a" -> MIGRATES;
                    case "b" -> STAYS;
                    default -> NOT_KNOWN;
                })
                .collect(Collectors.joining("\n"));
    }

    @Test
    void severalFilesAreOneInventory() throws IOException {
        Run run = preflight(file("1.jsonl", flow("parent", "Recurrence", "'b'")), file("2.jsonl", STAYS), "--json");

        assertThat(json(run).at("/flows/0/reasons/0/chain/0").asText()).isEqualTo("b");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aFlowStandsInOneFileOnly() throws IOException {
        String first = file("1.jsonl", MIGRATES);
        Run run = preflight(first, file("2.jsonl", STAYS, MIGRATES));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .containsExactly(
                        folder.resolve("2.jsonl") + ":2: flowId: a is at " + first
                                + ":1 already; leave one line for each flow",
                        "keyward: nothing was checked; lines refused: 1 of 3; correct them. Each line is one flow, a JSON"
                                + " object; jq -c '.[]' FILE makes such lines of an array");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        nonsense | flow line: not valid JSON at column 1: Unrecognized token 'nonsense'
        [        | flow line: not valid JSON at column 2: Unexpected end-of-input: expected close marker for Array
        [{}]     | flow line: expected {"flowId": …, "trigger": …, "inSolution": …, "actions": […], "calls": […]}, was [{}]
        {'flowId':'a','flowId':'a'} | flow line: not valid JSON at column 23: Duplicate field 'flowId'
        {}       | flowId: is missing; expected {"flowId": …, "trigger"
        {'flowId':1} | flowId: expected a text that is not blank, the id of the flow, was 1
        {'flowId':' '} | flowId: expected a text that is not blank, the id of the flow, was " "
        {'flowId':'a'} | trigger: is missing; expected {"flowId": …, "trigger"
        {'flowId':'a','trigger':null} | trigger: expected a text that is not blank, the name of its trigger, such as Recurrence, was null
        {'flowId':'a','trigger':'R'} | inSolution: is missing
        {'flowId':'a','trigger':'R','inSolution':'yes'} | inSolution: expected true or false, was "yes"
        {'flowId':'a','trigger':'R','inSolution':true} | actions: is missing
        {'flowId':'a','trigger':'R','inSolution':true,'actions':null} | actions: expected an array, [] if there is none, was null
        {'flowId':'a','trigger':'R','inSolution':true,'actions':['x',1]} | actions[1]: expected a text that is not blank, the name of an action, was 1
        {'flowId':'a','trigger':'R','inSolution':true,'actions':[]} | calls: is missing
        {'flowId':'a','trigger':'R','inSolution':true,'actions':[],'calls':'b'} | calls: expected an array, [] if there is none, was "b"
        {'flowId':'a','trigger':'R','inSolution':true,'actions':[],'calls':['']} | calls[0]: expected a text that is not blank, the flowId of a flow that it calls, was ""
        {'flowId':'a','trigger':'R','inSolution':true,'actions':[],'calls':[],'displayName':1} | displayName: expected a text, or nothing, was 1
        {'triger':'R'} | triger: is not a part of the flow line; did you mean trigger?
        """, quoteCharacter = '`')
    void whatIsNoFlowIsRefused(String line, String message) {
        Run run = Run.of(PreflightCommand.class, STAYS + "\n" + line.replace('\'', '"'), List.of("-"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).hasSize(2).first().asString().startsWith("(standard input):2: " + message);
        assertThat(run.err()).contains("lines refused: 1 of 2").doesNotContain("REDACTED");
    }

    @Test
    void ofManyRefusedLinesTheFirstAreShown() {
        Run run = Run.of(PreflightCommand.class, "nonsense\n".repeat(1_000), List.of("-"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errLines())
                .hasSize(22)
                .contains("keyward: only the first 20 of 1000 refused lines are shown")
                .last()
                .asString()
                .contains("lines refused: 1000 of 1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "."})
    void whatCannotBeReadIsBadInput(String name) {
        Run run = preflight(folder.resolve(name).toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("keyward: " + folder.resolve(name));
    }

    @Test
    void aLimitWithoutItsUseIsExplained() throws IOException {
        assertThat(preflight("--limit", "30", file("1.jsonl", MIGRATES)).err())
                .startsWith("--limit needs --used: how many environments");
    }

    @Test
    void anInventoryWithoutFlowsMigrates() throws IOException {
        Run run = preflight(file("1.jsonl", ""));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("The inventory holds no flows.");
    }

    @Test
    void theLimitIsInTheDocumentOnlyIfGiven() throws IOException {
        String file = file("1.jsonl", MIGRATES);

        assertThat(json(preflight("--json", file)).has("limit")).isFalse();
        JsonNode given = json(preflight("--json", "--used", "25", file));
        assertThat(given.path("limit").toString()).isEqualTo("{\"limit\":25,\"used\":25,\"getsSlot\":false}");
        assertThat(given.path("allWillMigrate").booleanValue()).isFalse();
    }

    @Test
    void manyFlowsInAChain() throws IOException {
        JsonNode document = json(preflight("--json", file("1.jsonl", many("'nowhere'"))));

        assertThat(document.path("flows")).hasSize(MANY);
        assertThat(document.at("/counts").toString())
                .isEqualTo("{\"flows\":100000,\"migrates\":0,\"stays\":1,\"notKnown\":99999}");
    }

    @Test
    void manyFlowsInACycle() throws IOException {
        Run run = preflight(file("1.jsonl", many("'f0'")));

        assertThat(run.out())
                .contains("100,000 flows: 0 will migrate to the customer-managed key, 100,000 will stay")
                .contains("calls a flow that stays (99,999 flows)", "… and 99,949 more");
        assertThat(run.outLines()).hasSizeLessThan(100);
    }

    /// A chain of calls, the first flow of which has an HTTP trigger.
    private static String[] many(String callOfTheLast) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> flow(
                        "f" + i, i == 0 ? "Http" : "Recurrence", i == MANY - 1 ? callOfTheLast : "'f" + (i + 1) + "'"))
                .toArray(String[]::new);
    }

    private Run preflight(String... arguments) {
        return Run.of(PreflightCommand.class, "", List.of(arguments));
    }

    private static JsonNode json(Run run) throws IOException {
        return new JsonMapper().readTree(run.out());
    }

    private String file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines)).toString();
    }

    private static String flow(String id, String trigger, String calls) {
        return "{'flowId': '%s', 'trigger': '%s', 'inSolution': true, 'actions': [], 'calls': [%s]}"
                .formatted(id, trigger, calls)
                .replace('\'', '"');
    }
}
