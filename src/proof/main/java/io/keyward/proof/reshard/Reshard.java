package io.keyward.proof.reshard;

import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.CommittedLog;
import io.keyward.config.Generation;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Moves a stopped application to more partitions, as a new generation, and deletes what earlier ones have left.
///
/// Nothing of the old generation is changed, and nothing of the new one counts until the last step, which commits its
/// offsets together with the record that it is done. While a move is not done, `run` refuses to start. So a move that
/// was killed at any step can be begun again: each step finds what it has done before, and rows that were copied before
/// are copied again, from changelogs that have not changed, to the same partitions.
public final class Reshard implements AutoCloseable {
    private final Move move;
    private final MoveProgress progress;
    private final InstantSource clock;
    private final MoveCluster cluster;

    public Reshard(Move move, MoveProgress progress, InstantSource clock) {
        this.move = move;
        this.progress = progress;
        this.clock = clock;
        this.cluster = new MoveCluster(move.kafka(), progress);
    }

    /// What `run` would do. Reads every row, and changes nothing. The application may run; rows may change meanwhile.
    ///
    /// @throws CommandFailedException if the application cannot be moved now
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    public MovePlan plan() {
        Beginning begin = begin();
        boolean running = !cluster.members(move.applicationId(begin.old())).isEmpty();
        return new RowCopy(move, begin.next(), progress, _ -> {})
                .run(begin.rows()::forEach)
                .plan(new MovePlan.Circumstances(begin.resumes(), running, begin.shared()));
    }

    /// Whether the last move was one to this count, and is done.
    public boolean isDone() {
        return cluster.lastGeneration(move)
                .filter(last -> !last.isMoving() && last.partitions() == move.partitions())
                .isPresent();
    }

    /// Moves the application; finishes a move that was begun before.
    ///
    /// @throws CommandFailedException if the application cannot be moved now
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    public MovePlan run() {
        Beginning begin = begin();
        requireStopped(begin.old());
        try (MoveWriter writer = new MoveWriter(move.kafka(), move.applicationId() + "-reshard")) {
            mark(begin, writer);
            progress.finished(Step.MARKED);
            requireStopped(begin.old());
            Map<TopicPartition, OffsetAndMetadata> offsets = committed(begin);
            cluster.grow(move.sharedTopics(), move.partitions());
            progress.finished(Step.GROWN);
            cluster.create(move.changelogs(begin.next().number()), move.partitions(), pattern(begin));
            progress.finished(Step.CREATED);
            if (begin.rows().hasOpenTransaction()) {
                progress.waiting(MoveProgress.TRANSACTION_ENDED, CommittedLog.STALLED_AFTER);
            }
            RowCopy copy = new RowCopy(move, begin.next(), progress, writer::write).run(begin.rows()::forEach);
            writer.commit();
            progress.finished(Step.COPIED);
            requireStopped(begin.old());
            requireUnchanged(begin, offsets);
            writer.commit(
                    move.applicationId(begin.next().number()),
                    nextOffsets(offsets),
                    move.generations().record(begin.next().done()));
            progress.finished(Step.DONE);
            return copy.plan(new MovePlan.Circumstances(begin.resumes(), false, begin.shared()));
        }
    }

    /// The topics that earlier generations have left, sorted; empty if there are none.
    ///
    /// @throws CommandFailedException if a move is not done
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    public List<String> leftTopics() {
        List<String> changelogs =
                earlier().flatMap(number -> move.changelogs(number).stream()).toList();
        return cluster.partitions(changelogs).keySet().stream().sorted().toList();
    }

    /// The groups of earlier generations.
    ///
    /// @throws CommandFailedException if a move is not done
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    public List<String> leftGroups() {
        return earlier().map(move::applicationId).toList();
    }

    /// Deletes these topics and groups.
    ///
    /// @throws CommandFailedException if a move is not done
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    public void clean() {
        cluster.delete(leftTopics(), leftGroups());
    }

    private Stream<Integer> earlier() {
        Optional<Generation> last = cluster.lastGeneration(move);
        last.filter(Generation::isMoving).ifPresent(moving -> {
            throw new CommandFailedException("A move is not done, and needs the old generation. Finish it first: %s"
                    .formatted(Move.command(moving.partitions())));
        });
        return IntStream.range(1, last.map(Generation::number).orElse(1)).boxed();
    }

    /// Where a move begins.
    ///
    /// @param old the number of the complete generation
    private record Beginning(int old, Generation next, boolean resumes, Map<String, Integer> shared, StoredRows rows) {}

    private Beginning begin() {
        Optional<Generation> last = cluster.lastGeneration(move);
        int old = last.map(Generation::complete).orElse(1);
        Optional<Generation> unfinished = last.filter(Generation::isMoving);
        unfinished.filter(moving -> moving.partitions() != move.partitions()).ifPresent(moving -> {
            throw new CommandFailedException(
                    "A move to %d partitions started at %s and has not finished. Finish it first: %s"
                            .formatted(moving.partitions(), moving.startedAt(), Move.command(moving.partitions())));
        });
        Map<String, Integer> changelogs = cluster.partitions(move.changelogs(old));
        int from = new MoveChecks(move, cluster).partitionsOf(old, changelogs);
        Map<String, Integer> shared = new TreeMap<>(cluster.partitions(move.sharedTopics()));
        new MoveChecks(move, cluster).requireCounts(from, shared);
        Generation next = unfinished.orElseGet(
                () -> new Generation(old + 1, move.partitions(), Generation.State.MOVING, from, clock.instant()));
        if (unfinished.isEmpty()) {
            new MoveChecks(move, cluster).requireAbsent(next.number());
        }
        return new Beginning(old, next, unfinished.isPresent(), shared, new StoredRows(move, old, changelogs));
    }

    /// The changelog whose settings the new ones get.
    private String pattern(Beginning begin) {
        return move.changelogs(begin.old()).getFirst();
    }

    private void mark(Beginning begin, MoveWriter writer) {
        if (!begin.resumes()) {
            cluster.create(List.of(move.generations().name()), 1, pattern(begin));
            writer.write(move.generations().record(begin.next()));
            writer.commit();
        }
    }

    private void requireStopped(int generation) {
        String group = move.applicationId(generation);
        if (!cluster.members(group).isEmpty()) {
            progress.waiting("the group %s has no members".formatted(group), move.patience());
        }
        if (!cluster.isEmpty(group, move.patience())) {
            throw new CommandFailedException(
                    "The application %s is running: its group has members (%s). Stop every instance first. A killed instance stays a member until its session ends."
                            .formatted(group, String.join(", ", cluster.members(group))));
        }
    }

    /// What the old generation has committed.
    private Map<TopicPartition, OffsetAndMetadata> committed(Beginning begin) {
        return cluster.committed(
                move.applicationId(begin.old()), move.inputs(begin.next().from()));
    }

    private void requireUnchanged(Beginning begin, Map<TopicPartition, OffsetAndMetadata> before) {
        if (!committed(begin).equals(before)) {
            throw new CommandFailedException(
                    "An instance of %s has run during the move. Stop every instance, and run this again: %s"
                            .formatted(move.applicationId(begin.old()), Move.command(move.partitions())));
        }
    }

    /// The old generation's offsets, and the beginning of every partition that it had not read.
    private Map<TopicPartition, OffsetAndMetadata> nextOffsets(Map<TopicPartition, OffsetAndMetadata> old) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        move.inputs(move.partitions())
                .forEach(partition -> offsets.put(partition, old.getOrDefault(partition, new OffsetAndMetadata(0))));
        return offsets;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
