package io.keyward.app.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.app.terminal.ReportLines;
import io.keyward.app.terminal.Terminal;
import io.keyward.domain.MigrationObstacle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people and programs are told of the example, and the bounds of what people are told.
class ForecastReportTest {
    private static final Path EXAMPLE = Path.of("docs", "preflight-flows.jsonl");
    private static final Path GOLDEN = Path.of("src", "app", "test", "resources", "preflight");

    @ParameterizedTest
    @ValueSource(ints = {45, 80})
    void theExampleForPeople(int width) throws IOException {
        assertThat(printed(example(new LimitPosition(25, 24)), new Terminal(true, false, width)))
                .isEqualTo(Files.readString(GOLDEN.resolve("report-%d.txt".formatted(width))));
    }

    @Test
    void theExampleForPrograms() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ForecastJson.write(example(new LimitPosition(25, 24)), out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(Files.readString(GOLDEN.resolve("forecast.json")));
    }

    @ParameterizedTest
    @EnumSource
    void everyObstacleHasAWayRound(MigrationObstacle obstacle) {
        assertThat(Advice.on(obstacle).why()).isNotBlank();
        assertThat(Advice.on(obstacle).wayRound()).isNotBlank();
    }

    @Test
    void noLineIsWiderThanTheScreen() throws IOException {
        assertThat(printed(example(new LimitPosition(25, 25)), new Terminal(true, false, 45))
                        .lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(45));
    }

    @Test
    void longListsAreCutAndCounted() {
        List<InventoryFlow> flows = IntStream.range(0, 1_060)
                .mapToObj(i -> flow("f" + i, "Http", "T" + i % 12))
                .toList();

        assertThat(printed(flows, Optional.empty()))
                .contains("1,060 flows: 0 will migrate to the customer-managed key, 1,060 will stay")
                .contains("HTTP trigger (1,060 flows)", "f49 ", "… and 1,010 more; --json lists all.")
                .doesNotContain("f50 ");
    }

    @Test
    void ofManyOtherTriggersTheMostFrequentAreNamed() {
        List<InventoryFlow> flows = new ArrayList<>(List.of(flow("x", "Z", "")));
        IntStream.range(0, 12).forEach(i -> {
            flows.add(flow("a" + i, "T%02d".formatted(i), ""));
            flows.add(flow("b" + i, "T%02d".formatted(i), ""));
        });

        assertThat(printed(flows, Optional.empty()))
                .contains("Other triggers, which keep no flow from migrating: T00 (2), T01 (2), ", "T09 (2) and 3 more")
                .doesNotContain("Z (1)");
    }

    @Test
    void aLongChainIsCut() {
        List<InventoryFlow> flows = IntStream.range(0, 1_500)
                .mapToObj(i -> InventoryFlow.parse(
                        """
                        {"flowId":"f%d","trigger":"%s","inSolution":true,"actions":[],"calls":[%s]}\
                        """.formatted(i, i == 1_499 ? "Http" : "R", i == 1_499 ? "" : "\"f" + (i + 1) + "\"")))
                .toList();

        assertThat(printed(flows, Optional.empty()))
                .contains("f1 > f2 > f3 > … > f1499 (1,499 calls)")
                .doesNotContain("f1495 > f1496 > f1497 > f1498 > f1499 >");
    }

    @Test
    void allMayMigrate() {
        assertThat(printed(List.of(flow("a", "Recurrence", "")), Optional.empty()))
                .startsWith("1 flow: all will migrate to the customer-managed key.\nLimit (R10): a tenant can have 25")
                .doesNotContain("Why:")
                .contains("PowerPlatformPlex", "Run history (R3a)", "(R5)", "(R6)", "(R7)", "(R8)", "(R14)");
    }

    @Test
    void withoutASlotNoneMigrates() {
        Forecast forecast = Forecast.of(List.of(flow("a", "Recurrence", "")), Optional.of(new LimitPosition(2, 2)));

        assertThat(forecast.allWillMigrate()).isFalse();
        assertThat(printed(forecast, Terminal.PLAIN))
                .startsWith("Limit (R10): of 2 environments that the tenant can have enabled, 2 are: there is no slot")
                .contains("no flow migrates (R11).\n1 flow, once there is a slot: all will migrate");
    }

    @Test
    void anEmptyInventoryIsNamedAsSuch() {
        assertThat(printed(List.of(), Optional.empty())).startsWith("The inventory holds no flows.\n");
    }

    private static InventoryFlow flow(String id, String trigger, String name) {
        return InventoryFlow.parse("""
            {"flowId":"%s","displayName":"%s","trigger":"%s","inSolution":true,"actions":[],"calls":[]}\
            """.formatted(id, name, trigger));
    }

    private static Forecast example(LimitPosition limit) throws IOException {
        return Forecast.of(
                Files.readAllLines(EXAMPLE).stream().map(InventoryFlow::parse).toList(), Optional.of(limit));
    }

    private static String printed(List<InventoryFlow> flows, Optional<LimitPosition> limit) {
        return printed(Forecast.of(flows, limit), Terminal.PLAIN);
    }

    private static String printed(Forecast forecast, Terminal terminal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, false, StandardCharsets.UTF_8);
        new ForecastReport(forecast, new ReportLines(printed, terminal)).print();
        return out.toString(StandardCharsets.UTF_8);
    }
}
