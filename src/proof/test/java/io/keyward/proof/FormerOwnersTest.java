package io.keyward.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.domain.RuleProfile;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.ProgressRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an instance wrote to a partition that was another's by then is found, as long as the changelog holds it.
class FormerOwnersTest {
    private static final RuleProfile PROFILE =
            RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow();

    private final VerifiedHarness harness = VerifiedHarness.start(PROFILE);

    @AfterEach
    void stop() {
        harness.close();
    }

    /// @param next the offsets that the progress rows name, one after the other; `x` deletes the row
    /// @param found the offsets of those that are found
    @ParameterizedTest(name = "{0}: {1} gives {2}")
    @CsvSource({
        "one owner, 10 10 11 25, ''",
        "a former owner once, 10 30 20 31, 20",
        "a former owner and the owner in turns, 10 30 20 31 21 32, 20 21",
        "a former owner twice, 10 30 20 21 31, 20 21",
        "a former owner was the last to write, 10 30 20, ''",
        "offsets of another cluster, 10 30 5 6 7 8 40, ''",
        "repaired since, 10 30 20 31 x 32 33, ''",
        "the same rows as the owner, 10 30 30 31, ''"
    })
    void aProgressRowBehindItsPredecessorAndItsSuccessorIsOfAFormerOwner(String what, String next, String found) {
        InMemoryLog log = harness.log();
        Arrays.stream(next.split(" "))
                .forEach(offset -> log.putRow(
                        Nodes.TENANTS, ProgressRow.KEY, offset.equals("x") ? null : row(Long.parseLong(offset), 0)));
        List<String> named = harness.verify(log).findings().stream()
                .peek(finding -> assertThat(finding.topic()).endsWith("tenants-changelog"))
                .map(finding -> finding.sentence().replaceAll(".*ends at position 0:(\\d+),.*", "$1"))
                .toList();
        assertThat(named).isEqualTo(found.isEmpty() ? List.of() : List.of(found.split(" ")));
    }

    /// A new owner begins at the committed offset, which may lie before the ends of transactions.
    @Test
    void aRowThatIsAheadInAnotherTopicIsNoFormerOwners() {
        InMemoryLog log = harness.log();
        Stream.of(row(10, 4), row(20, 3), row(20, 4)).forEach(row -> log.putRow(Nodes.TENANTS, ProgressRow.KEY, row));
        assertThat(harness.verify(log).findings()).isEmpty();
    }

    private static byte[] row(long applied, long timeReached) {
        Position position = Position.of(0, Map.of(Topic.POLICY_APPLIED, applied, Topic.TIME_REACHED, timeReached));
        return new ProgressRow(Instant.EPOCH, position.toString()).bytes();
    }
}
