package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.errors.StreamsStoppedException;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.state.KeyValueIterator;

/// The stores of Kafka Streams, read by interactive queries.
record StreamsStores(KafkaStreams streams) implements ActiveStores {

    @Override
    public Set<Integer> partitions() {
        return tasks().map(task -> task.taskId().partition()).collect(Collectors.toUnmodifiableSet());
    }

    /// The tasks that are active here.
    private Stream<TaskMetadata> tasks() {
        return streams.metadataForLocalThreads().stream().flatMap(thread -> thread.activeTasks().stream());
    }

    @Override
    public Optional<Stream<StoredEnvironment>> environments(int partition) {
        return rows(Nodes.ENVIRONMENTS, RangeQuery.withNoBounds(), partition, StreamsStores::environment);
    }

    @Override
    public Optional<Stream<TenantState>> tenants(int partition) {
        return rows(Nodes.TENANTS, TenantStore.allStates(), partition, row -> StateCodec.TENANTS.read(row.value));
    }

    @Override
    public KeyFacts keyFacts(int partition, TenantId tenant, KeyId key) {
        Query<byte[]> query = KeyQuery.withKey(RowKeys.key(tenant, key));
        QueryResult<byte[]> result = query(Nodes.KEYS, query, partition);
        if (result.isFailure()) {
            throw new InvalidStateStoreException(result.getFailureMessage());
        }
        return result.getResult() == null ? KeyFacts.NONE : StateCodec.KEYS.read(result.getResult());
    }

    @Override
    public Map<TopicPartition, Long> processedOffsets() {
        return tasks().flatMap(task -> task.committedOffsets().entrySet().stream())
                .filter(entry -> entry.getValue() >= 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Math::max));
    }

    static StoredEnvironment environment(KeyValue<Bytes, byte[]> row) {
        return new StoredEnvironment(RowKeys.tenant(row.key), StateCodec.ENVIRONMENTS.read(row.value));
    }

    private <T> Optional<Stream<T>> rows(
            String store, RangeQuery<Bytes, byte[]> range, int partition, Function<KeyValue<Bytes, byte[]>, T> decode) {
        try {
            return Optional.of(query(store, range, partition))
                    .filter(QueryResult::isSuccess)
                    .map(found -> decoded(found.getResult(), decode));
        } catch (StreamsNotStartedException | StreamsStoppedException notRunning) {
            return Optional.empty();
        }
    }

    /// Queries the store of an active partition.
    ///
    /// @throws StreamsNotStartedException if the streams have not been started yet
    /// @throws StreamsStoppedException if they have stopped
    private <R> QueryResult<R> query(String store, Query<R> query, int partition) {
        return streams.query(StateQueryRequest.inStore(store)
                        .withQuery(query)
                        .withPartitions(Set.of(partition))
                        .requireActive()
                        .withIsolationLevel(IsolationLevel.READ_COMMITTED))
                .getPartitionResults()
                .get(partition);
    }

    /// The rows, each decoded when it is read.
    static <T> Stream<T> decoded(KeyValueIterator<Bytes, byte[]> rows, Function<KeyValue<Bytes, byte[]>, T> decode) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false)
                .map(decode)
                .onClose(rows::close);
    }
}
