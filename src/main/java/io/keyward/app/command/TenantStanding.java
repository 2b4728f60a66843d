package io.keyward.app.command;

import io.keyward.app.cluster.ClusterTopics;
import io.keyward.app.config.KeywardConfig;
import io.keyward.app.records.StandardStreams;
import io.keyward.app.terminal.Progress;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.CommittedLog;
import io.keyward.proof.tenant.TenantHoldings;
import io.keyward.topology.contract.TenantPartitioner;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/// What is stored and published about a tenant now, for `tenant erase --dry-run`.
///
/// @param typed the typed options that name the cluster
record TenantStanding(KeywardConfig config, TenantId tenant, String typed) {
    void print(List<Erasure> erasures, StandardStreams streams) {
        TenantHoldings holdings = new TenantHoldings(
                tenant, config.applicationId(), config.topics().names());
        List<TopicPartition> homes = new ClusterTopics(config, typed)
                .partitions(holdings.topics(), AclOperation.READ).entrySet().stream()
                        .map(topic -> new TopicPartition(
                                topic.getKey(), TenantPartitioner.home(tenant.value(), topic.getValue())))
                        .toList();
        Progress progress = new Progress(
                streams.err(), streams.errTerminal(), InstantSource.system(), "records read", Progress.UNKNOWN);
        try (CommittedLog log = CommittedLog.open(Map.copyOf(config.kafka().values()), homes)) {
            log.readToEnd(holdings::take, progress::done);
        } finally {
            progress.end();
        }
        streams.out()
                .printf(
                        "Stored: %d environments, facts of %d keys, %d rows in all. Published: %d records stand.%n",
                        holdings.environments(), holdings.keys(), holdings.rows(), holdings.outputs());
        erasures.forEach(erasure -> streams.out()
                .printf(
                        "Erased at %s, as requested at %s%s.%n",
                        erasure.erasedAt(),
                        erasure.requestedAt(),
                        erasure.requestId().map(id -> " by " + id).orElse("")));
        streams.flush();
    }
}
