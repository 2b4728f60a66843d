package io.keyward.proof.inputs;

import io.keyward.domain.id.TenantId;
import io.keyward.topology.Position;
import io.keyward.topology.contract.Topic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Which tenants were erased, and behind which position the facts of each begin anew. Tenants are known by the
/// SHA-256 of their ids. Not thread-safe.
final class Erasures {
    private final Map<String, Position> positions = new HashMap<>();

    /// Takes a record of the topic `erasures`; the newest one of each tenant counts.
    void take(ConsumerRecord<byte[], byte[]> read) {
        if (read.key() != null) {
            Position.of(read.headers())
                    .ifPresent(position -> positions.put(new String(read.key(), StandardCharsets.UTF_8), position));
        }
    }

    /// Behind which position the facts of a tenant begin; empty if it was never erased.
    Optional<Position> of(TenantId tenant) {
        return positions.isEmpty() ? Optional.empty() : Optional.ofNullable(positions.get(hash(tenant)));
    }

    /// Whether the tenant was erased after that event was read.
    boolean covers(TenantId tenant, Topic topic, long offset) {
        return of(tenant).filter(position -> offset < position.next(topic)).isPresent();
    }

    private static String hash(TenantId tenant) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(tenant.value().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
