package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Outcome.Refused;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private final Refusals refusals = new Refusals(2);

    @Test
    void ofAFloodOfRefusalsEachKeepsItsCodeAndTheNewestTheirDetails() {
        for (long offset = 0; offset < 5_000; offset += 2) {
            refusals.add(
                    coordinates(0, offset), new Refused(offset % 4 == 0 ? "INVALID_ID" : "UNREADABLE", "at " + offset));
        }
        refusals.add(coordinates(1, 7), new Refused("WRONG_SCHEMA", "other partition"));

        for (long offset = 0; offset < 4_998; offset += 2) {
            assertThat(refusals.of(coordinates(0, offset)).map(Refused::code))
                    .as("offset %d", offset)
                    .contains(offset % 4 == 0 ? "INVALID_ID" : "UNREADABLE");
            assertThat(refusals.of(coordinates(0, offset + 1))).isEmpty();
            assertThat(refusals.of(coordinates(1, offset))).isEmpty();
        }
        assertThat(refusals.of(coordinates(0, 4_998))).contains(new Refused("UNREADABLE", "at 4998"));
        assertThat(refusals.of(coordinates(1, 7))).contains(new Refused("WRONG_SCHEMA", "other partition"));

        refusals.clear();
        assertThat(refusals.of(coordinates(0, 0))).isEqualTo(Optional.empty());
    }

    private static Coordinates coordinates(int partition, long offset) {
        return new Coordinates("cmk.policy-applied", partition, offset);
    }
}
