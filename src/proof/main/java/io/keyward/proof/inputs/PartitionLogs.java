package io.keyward.proof.inputs;

import io.keyward.client.Position;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The logs of one partition: of the changelogs, and of the topics that the topology reads.
interface PartitionLogs extends AutoCloseable {
    /// What the processor has committed, with all commits that had begun.
    Position committed();

    /// Reads the changelogs on to where they end now, with everything that was committed before.
    void readChangelogs(Consumer<ConsumerRecord<byte[], byte[]>> take);

    /// Reads the topics on to this position, and `rerouted` on to where it ends now.
    void readInputs(Position known, Consumer<ConsumerRecord<byte[], byte[]>> take);

    @Override
    void close();
}
