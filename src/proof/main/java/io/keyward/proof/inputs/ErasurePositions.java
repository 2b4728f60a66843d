package io.keyward.proof.inputs;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.cluster.CommittedLog;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.Subject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Which tenants were erased, and the position after which the facts of each start over. Tenants are known by the
/// SHA-256 of their ids. Not thread-safe.
final class ErasurePositions {
    private final Map<String, List<Position>> positions = new HashMap<>();

    /// Reads all erasures on a cluster; none if there is no such topic.
    ///
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    static ErasurePositions read(InputTopics cluster) {
        ErasurePositions read = new ErasurePositions();
        Subject subject = cluster.subject();
        CommittedLog.readAll(
                subject.kafka(), cluster.partitionsOf(subject.names().name(Topic.ERASURES)), read::take);
        return read;
    }

    /// Takes a record of the topic `erasures`, in the order of the topic.
    void take(ConsumerRecord<byte[], byte[]> read) {
        if (read.key() != null) {
            Position.of(read.headers())
                    .ifPresent(position -> positions
                            .computeIfAbsent(new String(read.key(), StandardCharsets.UTF_8), _ -> new ArrayList<>())
                            .add(position));
        }
    }

    /// Behind which position the facts of a tenant begin; empty if it was never erased.
    Optional<Position> of(TenantId tenant) {
        return all(tenant).reduce((_, last) -> last);
    }

    /// Whether the tenant was erased after that position, so that what was known there counts no more.
    boolean isErasedSince(TenantId tenant, Position position) {
        return of(tenant).filter(erasure -> !isNoLater(erasure, position)).isPresent();
    }

    static boolean isNoLater(Position erasure, Position position) {
        return erasure.partition() == position.partition()
                && Topic.readByTheProcessor().stream().allMatch(topic -> erasure.next(topic) <= position.next(topic));
    }

    /// Behind which position the facts began that an output at this position rests on; empty if the tenant had not been
    /// erased before.
    Optional<Position> before(TenantId tenant, Position output) {
        return all(tenant).filter(erasure -> isNoLater(erasure, output)).reduce((_, last) -> last);
    }

    private Stream<Position> all(TenantId tenant) {
        return positions.isEmpty()
                ? Stream.empty()
                : positions.getOrDefault(Erasure.sha256(tenant), List.of()).stream();
    }

    /// Whether the tenant was erased after that event was read.
    boolean covers(TenantId tenant, Topic topic, long offset) {
        return of(tenant).filter(position -> offset < position.next(topic)).isPresent();
    }
}
