package io.keyward.topology;

import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowDigest;
import io.keyward.topology.store.StateDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ensures that a task works only on complete state: the restored rows must be exactly those of its last commit
/// ([StateDigest]). If they are not, for whatever reason, the stores are wiped and restored from their
/// changelogs. If the state is still incomplete, the partition is parked until its changelogs are repaired.
///
/// Shared by all tasks of an instance. Thread-safe. A task uses it through its [TaskState].
class CompleteState {
    private static final Logger LOG = LoggerFactory.getLogger(CompleteState.class);

    private final FlowObserver observer;
    private final ParkedPartitions parked;
    private final Set<Integer> wiped = ConcurrentHashMap.newKeySet();

    CompleteState(FlowObserver observer, ParkedPartitions parked) {
        this.observer = observer;
        this.parked = parked;
    }

    /// For state that is restored from copies, which may be inconsistent: it is accepted as it is, and its
    /// digest is written.
    static CompleteState unchecked() {
        return new CompleteState(FlowObserver.NONE, new ParkedPartitions()) {
            @Override
            Kind require(Task task) {
                return accept(task, task.stateDigest().count());
            }
        };
    }

    /// @param stateDigest the digest of the task's stores
    /// @param committed whether a task of its partition has ever committed
    /// @param logged the newest state digest in its changelog
    record Task(int partition, StateDigest stateDigest, boolean committed, Optional<byte[]> logged) {}

    /// The result of the check.
    enum Kind {
        /// There is no row, not even the one that names the rules, which is written before the first decision.
        NEW,

        /// All rows of the last commit are there.
        COMPLETE,

        /// Rows are missing or wrong and cannot be restored: nothing may be decided on this state.
        PARKED
    }

    /// Checks the state of a task. If it is complete, its digest is maintained from then on.
    ///
    /// @throws TaskMigratedException if it is, or may be, incomplete: the stores are wiped when they are next
    ///     opened, or the partition is parked now
    Kind require(Task task) {
        int partition = task.partition();
        if (parked.test(partition)) {
            return Kind.PARKED;
        }
        Map<String, RowDigest> found = task.stateDigest().count();
        Optional<String> fault = isOfAnotherCluster(task)
                ? Optional.of(
                        "its state digest is in no changelog, and the group has never committed: the state belongs to"
                                + " another cluster, or its topics were deleted")
                : task.logged()
                        .or(task.stateDigest()::stored)
                        .map(expected ->
                                differences(partition, task.stateDigest().decode(expected), found))
                        .orElseGet(() -> faultWithoutDigest(task, found));
        if (fault.isEmpty()) {
            wiped.remove(partition);
            return accept(task, found);
        }
        observer.stateIncomplete();
        if (!wiped.add(partition)) {
            throw park(task, fault.get());
        }
        LOG.warn(
                "The restored state of partition {} is incomplete: {}. Nothing was decided on it. Keyward wipes it and"
                        + " restores it from its changelogs",
                partition,
                fault.get());
        throw wipe(task);
    }

    private static Kind accept(Task task, Map<String, RowDigest> found) {
        task.stateDigest().keep();
        return hasRows(found) ? Kind.COMPLETE : Kind.NEW;
    }

    private static boolean hasRows(Map<String, RowDigest> found) {
        return found.values().stream().anyMatch(digest -> digest.rows() > 0);
    }

    private TaskMigratedException park(Task task, String fault) {
        int partition = task.partition();
        parked.park(partition, fault, task.logged());
        LOG.error(
                "Partition {} is parked: its state is still incomplete after it was wiped and restored from its"
                        + " changelogs: {}. Nothing is decided on this partition, and its inputs wait; other partitions"
                        + " continue. To repair it, see docs/recovery.md, \"State that is not whole\"",
                partition,
                fault);
        // The next task of this partition fetches nothing.
        return new TaskMigratedException("Partition " + partition + " is parked");
    }

    /// If the changelog of a parked partition was repaired, releases the partition, so that it is restored
    /// and checked again.
    ///
    /// @param logged the newest state digest in its changelog
    /// @throws TaskMigratedException if it was repaired; the stores are wiped when they are next opened
    void checkAgainIfRepaired(Task task, Optional<byte[]> logged) {
        if (parked.releaseIfRepaired(task.partition(), logged)) {
            LOG.info(
                    "The changelog of parked partition {} was repaired. Keyward restores the partition and checks it",
                    task.partition());
            throw wipe(task);
        }
    }

    /// A state digest is committed together with offsets, and its changelog outlives the offsets of the group.
    private static boolean isOfAnotherCluster(Task task) {
        return !task.committed()
                && task.logged().isEmpty()
                && task.stateDigest().stored().isPresent();
    }

    /// The exception makes the stream thread revoke its tasks and rejoin. A TaskCorruptedException is not
    /// sufficient: Kafka Streams 4.4 then skips the records that the task has already fetched, if the assignment
    /// that it requests itself arrives before the task is initialised again
    /// (`TaskManager.handleTasksPendingInitialization` drops the task, and with it the partitions whose positions
    /// must be reset).
    private static TaskMigratedException wipe(Task task) {
        task.stateDigest().wipeOnNextOpen();
        return new TaskMigratedException("The state of partition " + task.partition() + " is wiped and restored");
    }

    /// The first commit of a partition writes its first state digest.
    private static Optional<String> faultWithoutDigest(Task task, Map<String, RowDigest> found) {
        if (hasRows(found)) {
            return Optional.of("it has rows, but no state digest");
        }
        return Optional.of("the group has committed offsets, but no store has a row")
                .filter(_ -> task.committed());
    }

    private Optional<String> differences(int partition, Map<String, RowDigest> expected, Map<String, RowDigest> found) {
        List<String> different = expected.entrySet().stream()
                .filter(store -> !Objects.equals(store.getValue(), found.get(store.getKey())))
                .filter(store -> !isLostAndRefilled(partition, store.getKey(), found))
                .map(store -> "the store %s has %s"
                        .formatted(store.getKey(), difference(store.getValue(), found.get(store.getKey()))))
                .toList();
        return different.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", different));
    }

    private static String difference(RowDigest expected, RowDigest found) {
        return expected.rows() == found.rows()
                ? "%d rows, as at its last commit, but with other contents".formatted(found.rows())
                : "%d rows instead of %d".formatted(found.rows(), expected.rows());
    }

    /// If the changelog of the deadlines was lost, deciding everything again refills them.
    private boolean isLostAndRefilled(int partition, String store, Map<String, RowDigest> found) {
        return store.equals(Nodes.DEADLINES) && found.get(store).rows() == 0 && wiped.contains(partition);
    }
}
