package io.keyward.ops.health;

import java.util.function.Supplier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/// The health of an instance, from Kafka Streams and its dependencies.
///
/// Liveness fails only when a restart helps. It never fails because of a rebalance, a restoration or an
/// unreachable registry. Readiness names every problem.
public final class StreamsHealth implements HealthSource {
    private final Processing processing;
    private final RestoreProgress restore;
    private final List<ReadinessCheck> checks;

    StreamsHealth(Processing processing, RestoreProgress restore, List<ReadinessCheck> checks) {
        this.processing = processing;
        this.restore = restore;
        this.checks = List.copyOf(checks);
    }

    /// The part of Kafka Streams that this class uses.
    interface Processing {
        KafkaStreams.State state();

        /// The number of stream threads that are not dead.
        int aliveThreads();
    }

    /// The health of `streams`, whose restore listener is `restore`.
    public static StreamsHealth of(KafkaStreams streams, RestoreProgress restore, List<ReadinessCheck> checks) {
        return new StreamsHealth(new ThreadsOf(streams), restore, checks);
    }

    @Override
    public Health liveness() {
        return new Health(defect(processing.state()).stream().toList());
    }

    @Override
    public Health readiness() {
        KafkaStreams.State state = processing.state();
        List<String> reasons = new ArrayList<>();
        defect(state).or(() -> obstacle(state)).ifPresent(reasons::add);
        restore.remaining().forEach(remaining -> reasons.add(sentence(remaining)));
        checks.forEach(check -> check.problem().ifPresent(reasons::add));
        return new Health(reasons);
    }

    /// Problems that only a restart fixes.
    private Optional<String> defect(KafkaStreams.State state) {
        return switch (state) {
            case PENDING_ERROR, ERROR ->
                Optional.of("Kafka Streams is in state " + state
                        + ": a failure has stopped it. The log has the failure; restart this instance.");
            case NOT_RUNNING -> Optional.of("Kafka Streams has stopped. Restart this instance.");
            case REBALANCING, RUNNING ->
                processing.aliveThreads() > 0
                        ? Optional.empty()
                        : Optional.of("Kafka Streams has no stream thread left alive. The log has the failure that"
                                + " ended them; restart this instance.");
            case CREATED, PENDING_SHUTDOWN -> Optional.empty();
        };
    }

    /// Problems that end without a restart.
    private static Optional<String> obstacle(KafkaStreams.State state) {
        return switch (state) {
            case CREATED -> Optional.of("Kafka Streams has not been started yet.");
            case REBALANCING ->
                Optional.of("Kafka Streams is rebalancing: partitions are being assigned, or their state restored.");
            case PENDING_SHUTDOWN -> Optional.of("Kafka Streams is shutting down.");
            case RUNNING, PENDING_ERROR, ERROR, NOT_RUNNING -> Optional.empty();
        };
    }

    private static String sentence(RestoreProgress.Remaining remaining) {
        return String.format(
                Locale.ROOT,
                "Store %s: %,d records left to restore in %d %s.",
                remaining.store(),
                remaining.records(),
                remaining.partitions(),
                remaining.partitions() == 1 ? "partition" : "partitions");
    }

    private record ThreadsOf(KafkaStreams streams) implements Processing {
        @Override
        public KafkaStreams.State state() {
            return streams.state();
        }

        @Override
        public int aliveThreads() {
            return Math.toIntExact(streams.metadataForLocalThreads().stream()
                    .filter(thread -> !thread.threadState().equals("DEAD"))
                    .count());
        }
    }

    /// A dependency that the instance needs for its work.
    ///
    /// @param name the dependency, as the start of a reason
    /// @param finding the current problem, as one sentence; must return at once
    public record ReadinessCheck(String name, Supplier<Optional<String>> finding) {
        /// The current problem, after the name. If the check itself fails, that is the problem.
        Optional<String> problem() {
            try {
                return finding.get().map(problem -> name + ": " + problem);
            } catch (RuntimeException failure) {
                return Optional.of(name + ": it could not be checked: " + failure);
            }
        }
    }
}
