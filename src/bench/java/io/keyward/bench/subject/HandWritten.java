package io.keyward.bench.subject;

import io.keyward.bench.rules.InputDecoder;
import io.keyward.bench.rules.OutputEncoder;
import io.keyward.bench.rules.TenantDecider;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.ValueSerde;
import io.keyward.topology.contract.RuleProfiles;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The product's job as a hand-written loop: a consumer, hash maps, all rules of the product, and a
/// transactional producer. It writes each changed row to a changelog once per transaction. Nothing restores
/// from that changelog.
public final class HandWritten implements TransactionalLoop.Work {
    /// The topic for changed rows.
    public static final String CHANGELOG = "changelog";

    private final SubjectJob job;
    private final InputDecoder incoming;
    private final OutputEncoder outgoing;
    private final TenantDecider decider;
    private final Map<TenantId, HeapFacts> tenants = new HashMap<>();
    private final Map<RowKey, Row> changed = new LinkedHashMap<>();

    /// The name of a row: its tenant and its part of the tenant.
    record RowKey(TenantId tenant, Object part) {}

    /// The current value of a row, and the partition of its tenant.
    private record Row(int partition, Object value) {}

    private HandWritten(SubjectJob job, int partitions) {
        this.job = job;
        ValueSerde serde = ValueSerdes.of(job.registryUrl());
        incoming = new InputDecoder(job.names(), serde);
        outgoing = new OutputEncoder(job.names(), partitions, serde);
        decider = new TenantDecider(RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow());
    }

    public static void main(String... arguments) {
        SubjectJob job = SubjectJob.read(arguments);
        new TransactionalLoop(job, new TimestampOrder(), new HandWritten(job, Partitions.COUNT)).run();
    }

    @Override
    public void process(ConsumerRecord<byte[], byte[]> received, TransactionalLoop.Output output) {
        Event event = incoming.read(received.topic(), received.value(), received.headers());
        Trigger trigger = OutputEncoder.trigger(
                event,
                new OutputEncoder.Origin(
                        received.topic(), received.partition(), received.offset(), received.timestamp()),
                Arrays.stream(received.headers().toArray())
                        .map(header -> new Trigger.CarriedHeader(header.key(), header.value()))
                        .toList());
        TenantId tenant = event.tenantId();
        HeapFacts facts = tenants.computeIfAbsent(
                tenant,
                _ -> new HeapFacts(
                        (part, value) -> changed.put(new RowKey(tenant, part), new Row(received.partition(), value))));
        List<Publication> publications = decider.decide(facts, event, trigger);
        publications.forEach(publication -> output.send(outgoing.of(publication, trigger)));
    }

    @Override
    public void beforeCommit(TransactionalLoop.Output output) {
        changed.forEach((key, row) -> output.send(
                ChangedRow.of(job.ownTopic(CHANGELOG), row.partition(), key.tenant() + "/" + key.part(), row.value())));
        changed.clear();
    }
}
