package io.keyward.topology;

import io.keyward.client.TopicNames;
import io.keyward.topology.store.StateDigest;
import java.util.Optional;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/// What the nodes of a task share: its position, and whether its state is complete. The node that owns the stores
/// creates it when it is initialized, and each node asks before it works on a record. For one stream thread.
final class TaskState {
    private final TaskPosition position;
    private final CompleteState whole;
    private final Optional<CompleteState.Task> task;
    private CompleteState.Kind kind = CompleteState.Kind.PARKED; // until it has been checked

    /// @param task empty if the stores are not those of a task, and so have nothing to be restored from
    TaskState(TaskPosition position, CompleteState whole, Optional<CompleteState.Task> task) {
        this.position = position;
        this.whole = whole;
        this.task = task;
    }

    /// Reads what the task has committed.
    static TaskState of(
            ProcessorContext<?, ?> context, TopicNames names, CommittedOffsets committed, CompleteState whole) {
        int partition = context.taskId().partition();
        return new TaskState(
                new TaskPosition(committed.of(partition), names),
                whole,
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

    /// Checks the state at the first call. Nothing may be admitted, decided or written before.
    ///
    /// @return false if the partition is parked
    /// @throws TaskMigratedException as [CompleteState#require]
    boolean isComplete() {
        if (kind == CompleteState.Kind.PARKED) {
            kind = task.map(whole::require).orElse(CompleteState.Kind.WHOLE);
        }
        return kind != CompleteState.Kind.PARKED;
    }

    /// As [#isComplete]. No record of a parked partition is fetched. If there is one all the same, it is read again
    /// later.
    void requireComplete() {
        if (!isComplete()) {
            throw new TaskMigratedException("Partition " + task.orElseThrow().partition() + " is parked");
        }
    }

    /// Whether the state had no row when it was checked ([CompleteState.Kind#NEW]).
    boolean isNew() {
        return kind == CompleteState.Kind.NEW;
    }

    /// Asks the cluster whether the changelog of a parked partition was repaired.
    ///
    /// @throws TaskMigratedException if it was
    void checkAgainIfRepaired(CommittedOffsets committed) {
        task.ifPresent(parked -> whole.checkAgainIfRepaired(parked, committed.stateDigest(parked.partition())));
    }
}
