package io.keyward.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.topology.contract.EventLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleFeedTest {
    private static final Path FOLDER = Path.of("src/main/resources/sample");

    @Test
    void everyFileOfTheFolderIsFed() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jsonl")))
                    .containsExactlyInAnyOrderElementsOf(SampleFeed.FILES);
        }
    }

    @Test
    void itIsTheStoryOfFourTenants() {
        assertThat(SampleFeed.events())
                .hasSize(93)
                .extracting(event -> event.key().orElseThrow())
                .containsOnly("contoso", "fabrikam", "tailspin", "woodgrove");
    }

    @Test
    void eachTenantsEventsAreInOrderOfTime() {
        List<EventLine> events = SampleFeed.events();

        for (String tenant : List.of("contoso", "tailspin", "woodgrove")) {
            assertThat(events.stream()
                            .filter(event -> event.key().orElseThrow().equals(tenant))
                            .map(event -> event.occurredAt().orElseThrow()))
                    .isSorted();
        }
    }

    @Test
    void nothingInItLiesInTheFuture() {
        assertThat(SampleFeed.events())
                .allSatisfy(event -> assertThat(event.occurredAt().orElseThrow())
                        .isBetween(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z")));
    }
}
