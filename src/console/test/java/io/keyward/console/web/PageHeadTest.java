package io.keyward.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.console.replica.Staleness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A page shows the staleness of its answer, and does not contradict itself.
class PageHeadTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0     |                                           | Everything is known, nothing waits
            1     |                                           | Everything is known, 1 record waits
            6,362 | 6,362 events wait for the processor.      | Not everything is known, 6,362 records wait
            0     | No Kafka broker at localhost:9092 answers | Not everything is known
            """)
    void whileSomethingIsUnknownThePageDoesNotSayThatNothingWaits(String lag, String missing, String expected) {
        List<String> all = Optional.ofNullable(missing).stream().toList();
        Staleness staleness = new Staleness(
                Instant.EPOCH,
                Instant.EPOCH,
                new TreeMap<>(),
                Long.parseLong(lag.replace(",", "")),
                all.isEmpty(),
                all);
        assertThat(new PageHead("Overview", "/", Optional.of(staleness), Instant.EPOCH).known(staleness))
                .isEqualTo(expected);
    }
}
