package io.keyward.vault.watch;

import static io.keyward.vault.watch.Answers.CONTOSO;
import static io.keyward.vault.watch.Answers.KEY;
import static io.keyward.vault.watch.Answers.at;
import static io.keyward.vault.watch.Answers.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Coordinates;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EventId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// Events in flight are neither published twice nor lost.
class OutboundTest {
    private static final TopicPartition INPUT = new TopicPartition("cmk.key-revoked", 3);
    private static final Event.KeyRevoked EVENT = new Event.KeyRevoked(
            CONTOSO,
            new Stamp(at(0), new EventId("e1")),
            KEY,
            Optional.of(version("v1")),
            RevocationCause.KEY_DISABLED);

    private final Outbound outbound = new Outbound();
    private KeyFacts stored = KeyFacts.NONE;
    private Map<TopicPartition, Long> processed = Map.of();

    @Test
    void anEventCountsAsAFactUntilItIsOne() {
        outbound.add(EVENT);
        assertThat(outbound.missingIn(stored, CONTOSO, KEY)).containsExactly(EVENT);
        stored = stored.with(EVENT);
        assertThat(outbound.missingIn(stored, CONTOSO, KEY)).isEmpty();
        review(at(1));
        assertThat(outbound.missingIn(KeyFacts.NONE, CONTOSO, KEY))
                .as("dropped")
                .isEmpty();
    }

    @Test
    void whileItIsBeingSentItIsNotSentAgain() {
        outbound.add(EVENT);
        assertThat(review(at(100_000))).isEmpty();
    }

    @Test
    void whatTheBrokersHaveIsWaitedForHoweverFarTheProcessorLags() {
        outbound.add(EVENT);
        outbound.placed(EVENT, new Coordinates(INPUT.topic(), INPUT.partition(), 10), at(0));
        processed = Map.of(INPUT, 10L);
        assertThat(review(at(1))).isEmpty();
        assertThat(review(at(59))).isEmpty();
    }

    @Test
    void whatWasReadPastWithoutBecomingAFactIsSentAgainAsItWas() {
        outbound.add(EVENT);
        outbound.placed(EVENT, new Coordinates(INPUT.topic(), INPUT.partition(), 10), at(0));
        processed = Map.of(INPUT, 11L);
        assertThat(review(at(1))).as("it may only just have been read").isEmpty();
        assertThat(review(at(2))).containsExactly(EVENT);
        assertThat(review(at(3))).as("being sent").isEmpty();
    }

    @Test
    void whatCouldNotBeSentIsSentAgainLessAndLessOften() {
        outbound.add(EVENT);
        int sent = 0;
        for (int second = 0; second < 3_600; second++) {
            Instant now = at(second / 60.0);
            if (second == 0 || !review(now).isEmpty()) {
                sent++;
                outbound.failed(EVENT, now);
            }
        }
        assertThat(sent).isBetween(8, 16);
    }

    @Test
    void whatIsForOthersToLookAfterNowIsLetGo() {
        outbound.add(EVENT);
        outbound.failed(EVENT, at(0));
        assertThat(outbound.review((_, _) -> Optional.of(stored), _ -> false, processed, at(100)))
                .isEmpty();
        assertThat(outbound.missingIn(stored, CONTOSO, KEY)).isEmpty();
    }

    @Test
    void whileFactsCannotBeReadNothingIsDecided() {
        outbound.add(EVENT);
        outbound.failed(EVENT, at(0));
        assertThat(outbound.review((_, _) -> Optional.empty(), _ -> true, processed, at(100)))
                .isEmpty();
        assertThat(review(at(101))).containsExactly(EVENT);
    }

    private List<Event.OfKey> review(Instant now) {
        return outbound.review((_, _) -> Optional.of(stored), _ -> true, processed, now);
    }
}
