package io.keyward.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.topology.contract.EventLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFeedTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Path FOLDER = Path.of("src/sandbox/main/resources/sample");

    @Test
    void everyFileOfTheFolderIsFed() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jsonl")))
                    .containsExactlyInAnyOrderElementsOf(SampleFeed.FILES);
        }
    }

    @Test
    void itIsTheStoryOfSixTenants() {
        assertThat(SampleFeed.asWritten().events())
                .hasSize(138)
                .extracting(event -> event.key().orElseThrow())
                .containsOnly("contoso", "fabrikam", "tailspin", "woodgrove", "northwind", "litware");
    }

    @Test
    void eachTenantsEventsAreInOrderOfTime() {
        List<EventLine> events = SampleFeed.asWritten().events();

        for (String tenant : List.of("contoso", "tailspin", "woodgrove", "northwind", "litware")) {
            assertThat(events.stream()
                            .filter(event -> event.key().orElseThrow().equals(tenant))
                            .map(event -> event.occurredAt().orElseThrow()))
                    .isSorted();
        }
    }

    @Test
    void nothingInItLiesInTheFuture() {
        assertThat(SampleFeed.asWritten().events())
                .allSatisfy(event -> assertThat(event.occurredAt().orElseThrow())
                        .isBetween(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z")));
    }

    @Test
    void itsLastEventLiesWithinTheDayBeforeNow(@TempDir Path folder) {
        for (Instant now : List.of(NOW, NOW.minus(Duration.ofHours(23)), Instant.parse("2025-01-01T08:59:59Z"))) {
            SampleFeed sample =
                    SampleFeed.forFolder(data(folder.resolve(now.toString().replace(':', '-'))), now);
            assertThat(sample.end()).isAfter(now.minus(Duration.ofDays(1))).isBeforeOrEqualTo(now);
        }
    }

    @Test
    void everyTimeIsMovedByTheSameWholeDays(@TempDir Path folder) {
        SampleFeed written = SampleFeed.asWritten();
        SampleFeed moved = SampleFeed.forFolder(data(folder), NOW);
        Duration shift = Duration.between(written.end(), moved.end());
        assertThat(shift).isEqualTo(Duration.ofDays(shift.toDays())).isPositive();
        for (int i = 0; i < written.events().size(); i++) {
            assertThat(times(moved.events().get(i)))
                    .isNotEmpty()
                    .isEqualTo(times(written.events().get(i)).stream()
                            .map(time -> time.plus(shift))
                            .toList());
        }
    }

    @Test
    void aKeptFolderGetsTheSameEventsAgain(@TempDir Path folder) {
        List<EventLine> first = SampleFeed.forFolder(data(folder), NOW).events();
        assertThat(SampleFeed.forFolder(data(folder), NOW.plus(Duration.ofDays(100)))
                        .events())
                .isEqualTo(first);
    }

    @Test
    void aNumberOfDaysThatCannotBeReadIsNamed(@TempDir Path folder) throws IOException {
        Path days = Files.writeString(data(folder).part("sample-days"), "soon");
        SandboxFolder unreadable = data(folder);
        assertThatThrownBy(() -> SampleFeed.forFolder(unreadable, NOW))
                .isInstanceOf(SandboxException.class)
                .hasMessageContainingAll(days.toString(), "--data");
    }

    private static SandboxFolder data(Path folder) {
        return SandboxFolder.of(Optional.of(folder));
    }

    /// Every time of an event, those of flows and groups included.
    private static List<Instant> times(EventLine event) {
        return Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z")
                .matcher(event.value().orElseThrow().toString())
                .results()
                .map(time -> Instant.parse(time.group()))
                .toList();
    }
}
