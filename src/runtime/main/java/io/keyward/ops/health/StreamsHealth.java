package io.keyward.ops.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;

/// The health of an instance, from Kafka Streams and its dependencies.
///
/// Liveness fails only if a restart helps. It never fails because of a rebalance, a restoration or an unreachable
/// registry. Readiness names every problem.
///
/// @param aliveThreads the number of stream threads that are not dead
/// @param stalls the hanging stream threads, each as a sentence; only a restart helps
public record StreamsHealth(
        Supplier<KafkaStreams.State> state,
        IntSupplier aliveThreads,
        RestoreProgress restore,
        List<ReadinessCheck> checks,
        Supplier<List<String>> stalls)
        implements HealthSource {
    /// The health of `streams`, whose restore listener is `restore`.
    public static StreamsHealth of(
            KafkaStreams streams, RestoreProgress restore, List<ReadinessCheck> checks, Supplier<List<String>> stalls) {
        return new StreamsHealth(streams::state, () -> aliveThreads(streams), restore, checks, stalls);
    }

    @Override
    public Health liveness() {
        return new Health(Stream.concat(defect(state.get()).stream(), stalls.get().stream())
                .toList());
    }

    @Override
    public Health readiness() {
        KafkaStreams.State now = state.get();
        List<String> reasons = new ArrayList<>();
        defect(now).or(() -> obstacle(now)).ifPresent(reasons::add);
        restore.remaining().forEach(remaining -> reasons.add(sentence(remaining)));
        checks.forEach(check -> check.problem().ifPresent(reasons::add));
        reasons.addAll(stalls.get());
        return new Health(reasons);
    }

    /// Problems that only a restart fixes.
    private Optional<String> defect(KafkaStreams.State now) {
        return switch (now) {
            case PENDING_ERROR, ERROR ->
                Optional.of("Kafka Streams is in state " + now
                        + ": a failure has stopped it. The log has the failure; restart this instance.");
            case NOT_RUNNING -> Optional.of("Kafka Streams has stopped. Restart this instance.");
            case REBALANCING, RUNNING ->
                aliveThreads.getAsInt() > 0
                        ? Optional.empty()
                        : Optional.of("All stream threads of Kafka Streams have failed. The log has the"
                                + " failures; restart this instance.");
            case CREATED, PENDING_SHUTDOWN -> Optional.empty();
        };
    }

    /// Problems that end without a restart.
    private static Optional<String> obstacle(KafkaStreams.State state) {
        return switch (state) {
            case CREATED -> Optional.of("Kafka Streams has not been started yet.");
            case REBALANCING ->
                Optional.of(
                        "Kafka Streams is rebalancing: partitions are being assigned, or their state is being restored.");
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

    private static int aliveThreads(KafkaStreams streams) {
        return Math.toIntExact(streams.metadataForLocalThreads().stream()
                .filter(thread -> !thread.threadState().equals("DEAD"))
                .count());
    }

    /// A dependency that the instance needs for its work.
    /// @param name the dependency, as the start of a reason
    /// @param finding the current problem, as one sentence; must return at once
    public record ReadinessCheck(String name, Supplier<Optional<String>> finding) {
        /// The current problem, prefixed with the name. If the check itself fails, that is the problem.
        Optional<String> problem() {
            try {
                return finding.get().map(problem -> name + ": " + problem);
            } catch (RuntimeException failure) {
                return Optional.of(name + ": the check failed: " + failure);
            }
        }
    }
}
