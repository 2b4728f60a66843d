package io.keyward.domain.advice;

import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.restored;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Facts;
import io.keyward.domain.fact.KeyFacts;
import org.junit.jupiter.api.Test;

/// The keys and versions that the key watch probes.
class KeysInUseTest {
    @Test
    void aKeyShowsItsNewestVersionAndItsOpenRevocations() {
        KeyFacts facts = KeyFacts.NONE
                .with(rotated(day(1), "k1", "v1"))
                .with(rotated(day(2), "k1", "v2"))
                .with(revoked(day(3), "k1", "v1"))
                .with(revoked(day(3), "k1", "v2"))
                .with(restored(day(4), pinned("k1", "v1")));
        assertThat(facts.newestVersion()).contains(Facts.version("v2"));
        assertThat(facts.openRevocations())
                .singleElement()
                .satisfies(open -> assertThat(open.version()).contains(Facts.version("v2")));
        assertThat(KeyFacts.NONE.newestVersion()).isEmpty();
    }
}
