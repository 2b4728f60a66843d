package io.keyward.proof.reshard;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What earlier generations of an application have left on the cluster: their changelogs and their groups.
public final class Leftovers implements AutoCloseable {
    private final Move move;
    private final MoveCluster cluster;

    /// @param move names the application; its partitions do not matter
    public Leftovers(Move move) {
        this.move = move;
        this.cluster = new MoveCluster(move.kafka(), MoveProgress.NONE);
    }

    /// The topics that are left, sorted; empty if there are none.
    ///
    /// @throws ReshardException if a move is not done
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    public List<String> topics() {
        return cluster
                .partitions(generations().stream()
                        .flatMap(number -> move.changelogs(number).stream())
                        .toList())
                .keySet()
                .stream()
                .sorted()
                .toList();
    }

    /// Deletes the topics and the groups.
    ///
    /// @throws ReshardException if a move is not done
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    public void delete() {
        cluster.delete(topics(), groups());
    }

    /// The groups of earlier generations.
    ///
    /// @throws ReshardException if a move is not done
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    public List<String> groups() {
        return generations().stream().map(move::applicationId).toList();
    }

    private List<Integer> generations() {
        Optional<Generation> last = cluster.lastGeneration(move);
        last.filter(Generation::isMoving).ifPresent(moving -> {
            throw new ReshardException("A move is not done, and needs the old generation. Finish it first: %s"
                    .formatted(Move.command(moving.partitions())));
        });
        return IntStream.range(1, last.map(Generation::number).orElse(1))
                .boxed()
                .toList();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
