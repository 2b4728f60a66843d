package io.keyward.vault.watch;

import io.keyward.client.Coordinates;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/// Turns events into facts: one log for each partition, read in order, as far and as late as the test wants.
final class SimulatedProcessor {
    private static final String INPUT = "key-events";

    private final Map<Integer, List<Entry>> logs = new HashMap<>();
    private final Map<Integer, Integer> positions = new HashMap<>();
    private final Map<Of, KeyFacts> facts = new HashMap<>();

    private record Of(TenantId tenant, KeyId key) {}

    private record Entry(Event.OfKey event, boolean refused) {}

    /// @param refused whether the record will go to the dead letters
    Coordinates append(int partition, Event.OfKey event, boolean refused) {
        List<Entry> log = logs.computeIfAbsent(partition, _ -> new ArrayList<>());
        log.add(new Entry(event, refused));
        return new Coordinates(INPUT, partition, log.size() - 1L);
    }

    int end(int partition) {
        return logs.getOrDefault(partition, List.of()).size();
    }

    int position(int partition) {
        return positions.getOrDefault(partition, 0);
    }

    /// Processes up to `most` events of a partition.
    void process(int partition, int most) {
        int from = position(partition);
        int to = Math.min(from + most, end(partition));
        for (Entry entry : logs.getOrDefault(partition, List.of()).subList(from, to)) {
            if (!entry.refused()) {
                Of of = new Of(entry.event().tenantId(), entry.event().key());
                facts.merge(of, KeyFacts.NONE.with(entry.event()), (held, _) -> held.with(entry.event()));
            }
        }
        positions.put(partition, to);
    }

    KeyFacts facts(TenantId tenant, KeyId key) {
        return facts.getOrDefault(new Of(tenant, key), KeyFacts.NONE);
    }

    Map<TopicPartition, Long> processed() {
        Map<TopicPartition, Long> processed = new HashMap<>();
        positions.forEach((partition, position) -> processed.put(inputOf(partition), (long) position));
        return processed;
    }

    private static TopicPartition inputOf(int partition) {
        return new TopicPartition(INPUT, partition);
    }
}
