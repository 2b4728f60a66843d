package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Explanation;
import io.keyward.domain.Folded;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.RefusalCode;
import io.keyward.testing.Tries;
import io.keyward.topology.contract.RuleProfiles;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/// Many records that no producer should send, with good ones in between. `-Dfuzz.seed` repeats a run,
/// `-Dfuzz.records` sets its length.
class HostileInputTest {
    private static final int RECORDS = Integer.getInteger("fuzz.records", Tries.of(100_000));
    private static final long SEED = Long.getLong("fuzz.seed", new Random().nextLong());
    private static final int ROUND = 500;

    /// Nearly all records of nearly all tenants are refused here.
    private static final Bounds BOUNDS =
            Bounds.DEFAULT.withFanOut(FanOutLimits.unbounded()).withRefusals(RefusalLimits.NEVER);

    private static final RuleProfile PROFILE =
            RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow();

    private final HostileFate fate = new HostileFate();
    private final ReferenceModel model = new ReferenceModel(PROFILE);
    private final Folded reader = new Folded();

    @Test
    void eachIsRefusedForTheRightReasonAndWhatIsGoodInBetweenIsDecided() {
        System.out.println("-Dfuzz.seed=" + SEED + " -Dfuzz.records=" + RECORDS);
        try (TopologyHarness topology = TopologyHarness.start(BOUNDS, inOrder())) {
            HostileRecords hostile = new HostileRecords(SEED, topology::bytesOf);
            Random random = new Random(SEED);
            for (int sent = 0; sent < RECORDS; sent += ROUND) {
                round(topology, hostile, random);
            }
        }
        assertThat(fate.refusedByCode()).as("seed %d", SEED).containsOnlyKeys(RefusalCode.values());
        assertThat(model.tenants()).as("seed %d", SEED).hasSize(20).allSatisfy(reader::believes);
    }

    private void round(TopologyHarness topology, HostileRecords hostile, Random random) {
        for (int number = 0; number < ROUND; number++) {
            HostileRecords.Hostile next = hostile.next();
            fate.sent(next);
            topology.receive(next.topic(), new TestRecord<>(key(random), next.value(), next.headers(), Events.day(90)));
            if (number % 10 == 0) {
                Event good = good(random);
                model.accept(good);
                topology.send(good);
            }
        }
        topology.deadLetters().forEach(deadLetter -> fate.refused(deadLetter.headers(), deadLetter.value()));
        fate.assertThatAllIsSettled();
        topology.published();
    }

    /// The publications about good tenants, in order over all topics.
    private FlowObserver inOrder() {
        return new FlowObserver() {
            @Override
            public void published(Publication publication, Duration sinceCause, Supplier<List<Explanation>> why) {
                if (publication.tenantId().value().startsWith(HostileRecords.GOOD)) {
                    reader.read(List.of(publication));
                }
            }
        };
    }

    /// The key means nothing here: it can be any tenant's, none, or not even text.
    private static byte[] key(Random random) {
        byte[] key = new byte[random.nextInt(20)];
        random.nextBytes(key);
        return random.nextInt(4) == 0 ? null : key;
    }

    private static Event good(Random random) {
        String tenant = HostileRecords.GOOD + random.nextInt(20);
        String environment = "e" + random.nextInt(5);
        String key = "k" + random.nextInt(3);
        int day = 1 + random.nextInt(60);
        List<Event> choices = Stream.<Event>of(
                        Events.clean(day, tenant, environment),
                        Events.applied(day, tenant, environment, key),
                        Events.removed(day, tenant, environment, key),
                        Events.rotated(day, tenant, key, "v" + day),
                        Events.revoked(day, tenant, key),
                        Events.restored(day, tenant, key))
                .toList();
        return choices.get(random.nextInt(choices.size()));
    }
}
