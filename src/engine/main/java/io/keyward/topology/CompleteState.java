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

/// Lets a task work only on state that is whole: what was restored must be, row for row, what the task had when
/// it last committed ([StateDigest]). If it is not, whatever the reason, the stores are wiped and restored from
/// their changelogs. If it is not whole then either, the partition is parked, until somebody has repaired it.
///
/// One for all tasks of an instance, on many threads. A task asks through its [TaskState].
class CompleteState {
    private static final Logger LOG = LoggerFactory.getLogger(CompleteState.class);

    private final FlowObserver observer;
    private final ParkedPartitions parked;
    private final Set<Integer> wiped = ConcurrentHashMap.newKeySet();

    CompleteState(FlowObserver observer, ParkedPartitions parked) {
        this.observer = observer;
        this.parked = parked;
    }

    /// For state that is restored from copies, which need not fit together: it is sealed as it is.
    static CompleteState unchecked() {
        return new CompleteState(FlowObserver.NONE, new ParkedPartitions()) {
            @Override
            Kind require(Task task) {
                return sealed(task, task.stateDigest().count());
            }
        };
    }

    /// What is known of a task.
    ///
    /// @param stateDigest of its stores
    /// @param committed whether a task of its partition has ever committed
    /// @param logged the newest seal in its changelog
    record Task(int partition, StateDigest stateDigest, boolean committed, Optional<byte[]> logged) {}

    /// What the state of a task is.
    enum Kind {
        /// It has no row, not even the one that names the rules, which is written before the first decision.
        NEW,

        /// It is all that the task had.
        WHOLE,

        /// It is not all, and cannot be had: nothing may be decided on it.
        PARKED
    }

    /// If the state is whole, its seal is kept from then on.
    ///
    /// @throws TaskMigratedException if it is not, or may not be: the stores are wiped when they are opened next,
    ///     or the partition is parked now
    Kind require(Task task) {
        int partition = task.partition();
        if (parked.test(partition)) {
            return Kind.PARKED;
        }
        Map<String, RowDigest> found = task.stateDigest().count();
        Optional<String> fault = isOfAnotherCluster(task)
                ? Optional.of(
                        "its seal is in no changelog, and the group has never committed: it is of another cluster, or"
                                + " of topics that were deleted")
                : task.logged()
                        .or(task.stateDigest()::stored)
                        .map(expected ->
                                differences(partition, task.stateDigest().decode(expected), found))
                        .orElseGet(() -> unsealed(task, found));
        if (fault.isEmpty()) {
            wiped.remove(partition);
            return sealed(task, found);
        }
        observer.stateIncomplete();
        if (!wiped.add(partition)) {
            throw park(task, fault.get());
        }
        LOG.warn(
                "The restored state of partition {} is not whole: {}. Nothing was decided on it. It is wiped, and restored"
                        + " from its changelogs",
                partition,
                fault.get());
        throw givenUp(task);
    }

    private static Kind sealed(Task task, Map<String, RowDigest> found) {
        task.stateDigest().keep();
        return hasRows(found) ? Kind.WHOLE : Kind.NEW;
    }

    private static boolean hasRows(Map<String, RowDigest> found) {
        return found.values().stream().anyMatch(digest -> digest.rows() > 0);
    }

    private TaskMigratedException park(Task task, String fault) {
        int partition = task.partition();
        parked.park(partition, fault, task.logged());
        LOG.error(
                "Partition {} is parked: its state is not whole, although it was wiped and restored from its changelogs:"
                        + " {}. Nothing of it is decided, and its inputs wait; other partitions continue."
                        + " docs/recovery.md, \"State that is not whole\", says how to repair it",
                partition,
                fault);
        // The next task of the partition reads nothing.
        return new TaskMigratedException("Partition " + partition + " is parked");
    }

    /// Has a parked partition restored and checked again if its changelog was repaired.
    ///
    /// @param logged the newest seal in its changelog
    /// @throws TaskMigratedException if it was; the stores are wiped when they are opened next
    void checkAgainIfRepaired(Task task, Optional<byte[]> logged) {
        if (parked.releaseIfRepaired(task.partition(), logged)) {
            LOG.info(
                    "The changelog of the parked partition {} was repaired. It is restored and checked",
                    task.partition());
            throw givenUp(task);
        }
    }

    /// A seal is committed with offsets, and its changelog keeps it for longer than the group keeps them.
    private static boolean isOfAnotherCluster(Task task) {
        return !task.committed()
                && task.logged().isEmpty()
                && task.stateDigest().stored().isPresent();
    }

    /// Has the thread give up its tasks and take them again. A TaskCorruptedException would not do: Kafka Streams
    /// 4.4 then begins behind the records that the task has fetched already, if the assignment that it asks for
    /// itself comes before the task is initialised again (`TaskManager.handleTasksPendingInitialization` drops
    /// the task, and with it the partitions whose positions are to be reset).
    private static TaskMigratedException givenUp(Task task) {
        task.stateDigest().wipeAtNextOpening();
        return new TaskMigratedException("The state of partition " + task.partition() + " is wiped and restored");
    }

    /// The first commit of a partition writes its first seal.
    private static Optional<String> unsealed(Task task, Map<String, RowDigest> found) {
        if (hasRows(found)) {
            return Optional.of("it has rows, but no state digest");
        }
        return Optional.of("the group has committed offsets, but no store has a row")
                .filter(_ -> task.committed());
    }

    private Optional<String> differences(int partition, Map<String, RowDigest> expected, Map<String, RowDigest> found) {
        List<String> different = expected.entrySet().stream()
                .filter(store -> !Objects.equals(store.getValue(), found.get(store.getKey())))
                .filter(store -> !isLostAndFilledAgain(partition, store.getKey(), found))
                .map(store -> "the store %s has %s"
                        .formatted(store.getKey(), told(store.getValue(), found.get(store.getKey()))))
                .toList();
        return different.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", different));
    }

    private static String told(RowDigest expected, RowDigest found) {
        return expected.rows() == found.rows()
                ? "%d rows, as when it last committed, but others".formatted(found.rows())
                : "%d rows instead of %d".formatted(found.rows(), expected.rows());
    }

    /// Deciding everything again fills the deadlines, if their changelog was lost.
    private boolean isLostAndFilledAgain(int partition, String store, Map<String, RowDigest> found) {
        return store.equals(Nodes.DEADLINES) && found.get(store).rows() == 0 && wiped.contains(partition);
    }
}
