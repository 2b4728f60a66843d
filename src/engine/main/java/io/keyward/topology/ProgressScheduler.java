package io.keyward.topology;

import io.keyward.avro.ProgressCodec;
import io.keyward.avro.PublicationWriter;
import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.PendingFanOut;
import io.keyward.domain.decision.Progress;
import io.keyward.domain.fact.Instants;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.ProgressRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Says up to when the partition of a task is decided (R33), in the transaction that it speaks of and in the brokers'
/// time. As long as that is not known, it repeats what was said last.
///
/// What holds it back: records that are not decided yet, also those of open transactions; unfinished sweeps of records
/// before; and what has fallen due and is not decided yet.
record ProgressScheduler(
        ProcessorContext<String, byte[]> context,
        Flow flow,
        TaskStores stores,
        PublicationWriter writer,
        Ports ports,
        TaskPosition position) {
    /// What has fallen due within this time may still have to be written.
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /// Writes what is decided now. It never says less than before, unless that has not come yet.
    ///
    /// @param now by the clock that decides what has fallen due
    void write(Instant now) {
        int partition = context.taskId().partition();
        Position at = position.position(ports.progress().polled());
        Instant before =
                stores.tenants().progress().map(ProgressRow::decidedUpTo).orElse(Instant.EPOCH);
        Instant decided = ports.progress()
                .ends()
                .latest(partition, ends -> isDecided(ends, at, now))
                .map(asked -> asked.minus(MARGIN))
                .filter(known ->
                        before.isBefore(known) || ports.progress().time().isYetToCome(partition, before))
                .orElse(before);
        stores.tenants().putProgress(new ProgressRow(decided, at.toString()));
        String topic = flow.names().name(Topic.PROGRESS);
        RecordHeaders headers = new RecordHeaders();
        byte[] value = writer.bytes(
                topic,
                headers,
                ProgressCodec.write(
                        new Progress(partition, flow.partitions(), decided, at.toString(), context.applicationId())));
        context.forward(
                new Record<>(Integer.toString(partition), value, context.currentSystemTimeMs(), headers),
                Nodes.write(Topic.PROGRESS));
        ports.observer().decidedUpTo(partition, Optional.of(decided));
    }

    private boolean isDecided(InputEnds.Ends ends, Position at, Instant now) {
        for (int topic = 0; topic < ends.next().size(); topic++) {
            if (at.next().get(topic) < ends.next().get(topic)) {
                return false;
            }
        }
        Instant due = Instants.min(ends.asked(), now);
        return stores.deadlines().dueBy(due.minus(MARGIN), 1).isEmpty()
                && stores.fanOuts().all().stream().noneMatch(fanOut -> isOfBefore(fanOut, ends.next()));
    }

    /// Whether the sweep is of a record before the ends, or may be: of one that was first read elsewhere, or of a
    /// change of the rules.
    private boolean isOfBefore(PendingFanOut fanOut, List<Long> ends) {
        Cause cause = fanOut.trigger().cause();
        Optional<Topic> topic = flow.names().topic(cause.topic());
        return topic.isEmpty()
                || cause.partition() != context.taskId().partition()
                || cause.offset() < ends.get(Topic.readByTheProcessor().indexOf(topic.get()));
    }
}
