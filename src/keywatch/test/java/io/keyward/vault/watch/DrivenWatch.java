package io.keyward.vault.watch;

import static io.keyward.vault.watch.Answers.CONTOSO;
import static io.keyward.vault.watch.Answers.at;
import static io.keyward.vault.watch.Answers.found;

import io.keyward.config.Configured;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.TenantKeyReference;
import io.keyward.vault.ProbeKind;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/// A watch with a virtual clock, whose vaults answer as the test says, and whose events become facts at once.
final class DrivenWatch {
    /// The keys of deep probes, in their order.
    final List<KeyId> asked = new ArrayList<>();

    final List<Event.OfKey> published = new ArrayList<>();
    final WatchLogic watch;
    Function<KeyId, ProbeResult> answers = _ -> found(ProbeOutcome.USABLE, "v1");
    Instant now = at(0);
    private final Keys keys = new Keys();

    DrivenWatch(Configured settings) {
        watch = new WatchLogic(settings, keys, new SplittableRandom(7));
    }

    /// Watches these keys, of one tenant.
    void list(Set<KeyId> some) {
        keys.inUse.clear();
        some.forEach(key -> keys.inUse.add(new TenantKeyReference(CONTOSO, new KeyReference(key, Optional.empty()))));
        watch.listed(keys.inUse(now), now);
    }

    /// Makes all probes that are due until then.
    void runUntil(Instant end) {
        while (true) {
            Optional<ProbeRequest> next = watch.scheduler().next(now);
            if (next.isPresent()) {
                answer(next.get());
            } else if (watch.scheduler().wakeAt().isAfter(end)) {
                now = end;
                return;
            } else {
                now = watch.scheduler().wakeAt().isAfter(now)
                        ? watch.scheduler().wakeAt()
                        : now;
            }
        }
    }

    private void answer(ProbeRequest request) {
        if (request.kind() == ProbeKind.ROUND_TRIP) {
            asked.add(request.key().key());
        }
        for (Event.OfKey event :
                watch.answered(request, now, answers.apply(request.key().key()), now)) {
            published.add(event);
            keys.facts.merge(event.key(), KeyFacts.NONE.with(event), (held, _) -> held.with(event));
        }
    }

    private static final class Keys implements KeySource {
        private final Set<TenantKeyReference> inUse = new HashSet<>();
        private final Map<KeyId, KeyFacts> facts = new HashMap<>();

        @Override
        public Map<Integer, Optional<Set<TenantKeyReference>>> inUse(Instant moment) {
            return Map.of(0, Optional.of(Set.copyOf(inUse)));
        }

        @Override
        public int partitionsInAll() {
            return 1;
        }

        @Override
        public Optional<KeyFacts> facts(TenantId tenant, KeyId key) {
            return Optional.of(facts.getOrDefault(key, KeyFacts.NONE));
        }

        @Override
        public Map<TopicPartition, Long> processed() {
            return Map.of();
        }
    }
}
