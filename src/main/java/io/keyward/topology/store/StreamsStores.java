package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.TenantState;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.errors.StreamsStoppedException;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.state.KeyValueIterator;

/// The stores of Kafka Streams, read by interactive queries.
record StreamsStores(KafkaStreams streams) implements ActiveStores {
    private static final StateCodec<EnvironmentState> ENVIRONMENTS = StateCodec.ofEnvironments();
    private static final StateCodec<TenantState> TENANTS = StateCodec.ofTenants();

    @Override
    public Set<Integer> partitions() {
        return tasks().map(task -> task.taskId().partition()).collect(Collectors.toUnmodifiableSet());
    }

    /// The tasks that are active here.
    Stream<TaskMetadata> tasks() {
        return streams.metadataForLocalThreads().stream().flatMap(thread -> thread.activeTasks().stream());
    }

    @Override
    public Optional<ValueIterator<EnvironmentState>> environments(int partition) {
        return rows(Nodes.ENVIRONMENTS, RangeQuery.withNoBounds(), partition, ENVIRONMENTS::read);
    }

    @Override
    public Optional<ValueIterator<TenantState>> tenants(int partition) {
        return rows(Nodes.TENANTS, TenantStore.allStates(), partition, TENANTS::read);
    }

    private <T> Optional<ValueIterator<T>> rows(
            String store, RangeQuery<Bytes, byte[]> range, int partition, Function<byte[], T> codec) {
        try {
            return Optional.of(query(store, range, partition))
                    .filter(QueryResult::isSuccess)
                    .map(found -> new Decoded<>(found.getResult(), codec));
        } catch (StreamsNotStartedException | StreamsStoppedException notRunning) {
            return Optional.empty();
        }
    }

    /// The result of a query of an active partition's store.
    ///
    /// @throws StreamsNotStartedException if the streams are not started yet
    /// @throws StreamsStoppedException if they no longer run
    <R> QueryResult<R> query(String store, Query<R> query, int partition) {
        return streams.query(StateQueryRequest.inStore(store)
                        .withQuery(query)
                        .withPartitions(Set.of(partition))
                        .requireActive()
                        .withIsolationLevel(IsolationLevel.READ_COMMITTED))
                .getPartitionResults()
                .get(partition);
    }

    /// Decodes each row when it is read.
    private record Decoded<T>(KeyValueIterator<Bytes, byte[]> rows, Function<byte[], T> codec)
            implements ValueIterator<T> {
        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public T next() {
            return codec.apply(rows.next().value);
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
