package io.keyward.topology;

import io.keyward.client.TopicNames;
import io.keyward.topology.store.StateDigest;
import java.util.Optional;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/// The state that the nodes of a task share: its position, and whether its stores are complete. The node that
/// owns the stores creates it on initialization, and each node checks it before it processes a record. For
/// one stream thread.
final class TaskState {
    private final TaskPosition position;
    private final CompleteState completeState;
    private final Optional<CompleteState.Task> task;
    private CompleteState.Kind kind = CompleteState.Kind.PARKED; // until it has been checked

    /// @param task empty if the stores do not belong to a task of Kafka Streams, and so are never restored
    TaskState(TaskPosition position, CompleteState completeState, Optional<CompleteState.Task> task) {
        this.position = position;
        this.completeState = completeState;
        this.task = task;
    }

    /// Reads the committed offsets and the state digest of the task.
    static TaskState of(
            ProcessorContext<?, ?> context, TopicNames names, CommittedOffsets committed, CompleteState completeState) {
        int partition = context.taskId().partition();
        return new TaskState(
                new TaskPosition(committed.of(partition), names),
                completeState,
                StateDigest.of(KeywardTopology.stores(), context::getStateStore)
                        .map(stateDigest -> new CompleteState.Task(
                                partition,
                                stateDigest,
                                committed.anyOfTask(partition),
                                committed.stateDigest(partition))));
    }

    TaskPosition position() {
        return position;
    }

    /// Checks the state on the first call. Nothing may be admitted, decided or written before.
    ///
    /// @return false if the partition is parked
    /// @throws TaskMigratedException as [CompleteState#require]
    boolean isComplete() {
        if (kind == CompleteState.Kind.PARKED) {
            kind = task.map(completeState::require).orElse(CompleteState.Kind.COMPLETE);
        }
        return kind != CompleteState.Kind.PARKED;
    }

    /// As [#isComplete], but throws if the partition is parked. Records of a parked partition are not fetched;
    /// one that was fetched before is read again later.
    void requireComplete() {
        if (!isComplete()) {
            throw new TaskMigratedException("Partition " + task.orElseThrow().partition() + " is parked");
        }
    }

    /// Whether the state had no row when it was checked ([CompleteState.Kind#NEW]).
    boolean isNew() {
        return kind == CompleteState.Kind.NEW;
    }

    /// Checks in the cluster whether the changelog of a parked partition was repaired.
    ///
    /// @throws TaskMigratedException if it was
    void checkAgainIfRepaired(CommittedOffsets committed) {
        task.ifPresent(parked -> completeState.checkAgainIfRepaired(parked, committed.stateDigest(parked.partition())));
    }
}
