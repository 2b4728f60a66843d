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

/// Publishes the time up to which the partition of a task is decided (R33), in the brokers' time and in the same
/// transaction as the decisions. While that time is unknown, it repeats the last published one.
///
/// The time does not advance past records that are not decided yet, including those of open transactions; past
/// unfinished fan-outs of earlier records; or past deadlines that have expired and are not decided yet.
record ProgressScheduler(
        ProcessorContext<String, byte[]> context,
        Flow flow,
        TaskStores stores,
        PublicationWriter writer,
        Ports ports,
        TaskPosition position) {
    /// The events of deadlines that have expired within this time may not be written yet.
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /// Publishes the current progress. The published time never goes back, unless the previous one is
    /// in the future.
    ///
    /// @param now the time by the clock by which deadlines expire
    void write(Instant now) {
        int partition = context.taskId().partition();
        Position at = position.position(ports.progress().polled());
        Instant before =
                stores.tenants().progress().map(ProgressRow::decidedUpTo).orElse(Instant.EPOCH);
        Instant decided = ports.progress()
                .ends()
                .latest(partition, ends -> isDecided(ends, at, now))
                .map(queriedAt -> queriedAt.minus(MARGIN))
                .filter(known ->
                        before.isBefore(known) || ports.progress().time().isInFuture(partition, before))
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
        Instant due = Instants.min(ends.queriedAt(), now);
        return stores.deadlines().dueBy(due.minus(MARGIN), 1).isEmpty()
                && stores.fanOuts().all().stream().noneMatch(fanOut -> isBefore(fanOut, ends.next()));
    }

    /// Whether the record that caused the fan-out precedes the ends, or may precede them: a record that was first
    /// read on another partition, or a change of the rules.
    private boolean isBefore(PendingFanOut fanOut, List<Long> ends) {
        Cause cause = fanOut.trigger().cause();
        Optional<Topic> topic = flow.names().topic(cause.topic());
        return topic.isEmpty()
                || cause.partition() != context.taskId().partition()
                || cause.offset() < ends.get(Topic.readByTheProcessor().indexOf(topic.get()));
    }
}
