package io.keyward.cli.command;

import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.ProgressBar;
import io.keyward.client.TenantPartitioner;
import io.keyward.cluster.ClusterTopics;
import io.keyward.cluster.CommittedLog;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.tenant.TenantHoldings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/// What is stored and published about a tenant now, for `tenant erase --dry-run`.
///
/// @param typed the options that name the cluster, as typed
record TenantStanding(KeywardConfig config, TenantId tenant, String typed) {
    void print(List<Erasure> erasures, StandardStreams streams) {
        TenantHoldings holdings = new TenantHoldings(
                tenant, config.applicationId(), config.topics().names());
        List<TopicPartition> homes = new ClusterTopics(config, typed)
                .partitions(holdings.topics(), AclOperation.READ).entrySet().stream()
                        .map(topic -> new TopicPartition(
                                topic.getKey(), TenantPartitioner.partitionOf(tenant.value(), topic.getValue())))
                        .toList();
        try (ProgressBar progress = streams.progress("records read", ProgressBar.UNKNOWN);
                CommittedLog log = CommittedLog.open(Map.copyOf(config.kafka().values()), homes)) {
            log.readToEnd(holdings::take, progress::done);
        }
        streams.print(
                "Stored: %d environments, facts of %d keys, %d rows in all. Published: %d records.%n",
                holdings.environments(), holdings.keys(), holdings.rows(), holdings.outputs());
        erasures.forEach(erasure -> streams.print(
                "Erased at %s, as requested at %s%s.%n",
                erasure.erasedAt(),
                erasure.requestedAt(),
                erasure.requestId().map(id -> " by " + id).orElse("")));
        streams.flush();
    }
}
