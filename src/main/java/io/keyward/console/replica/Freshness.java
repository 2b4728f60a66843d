package io.keyward.console.replica;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/// How far an answer reaches.
///
/// @param asOf the newest record timestamp among what was read; [Instant#EPOCH] if nothing was
/// @param position the next offset of each partition that the answer rests on
/// @param lag committed records that are not read yet, in those partitions
/// @param missing what is not wholly known, one sentence each: partitions that are not there or not caught up, an open
///     transaction that hides records, rules other than ours; empty if the answer is complete
public record Freshness(Instant asOf, Map<TopicPartition, Long> position, long lag, List<String> missing) {
    public Freshness {
        position = Map.copyOf(position);
        missing = List.copyOf(missing);
    }

    public boolean complete() {
        return missing.isEmpty();
    }
}
