package io.keyward.chaos.cluster;

import io.keyward.client.Coordinates;
import io.keyward.domain.decision.Publication;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// All that was committed in the output topics, each in the order of its partitions.
public record Outputs(
        List<Output> decisions, List<Output> warnings, List<Output> signals, List<DeadLetter> deadLetters) {
    /// A record of an output topic; without a publication it is a tombstone.
    public record Output(int partition, String key, Optional<Publication> publication) {}

    /// A dead letter: where the refused record is, why it was refused, and its value as received.
    public record DeadLetter(Coordinates origin, String reason, Optional<ByteBuffer> value) {}

    /// The decisions on each environment, in order.
    public Map<String, List<Output>> decisionsByEnvironment() {
        return byKey(decisions);
    }

    /// The records under each key, in order.
    static Map<String, List<Output>> byKey(List<Output> outputs) {
        return outputs.stream().collect(Collectors.groupingBy(Output::key, LinkedHashMap::new, Collectors.toList()));
    }
}
