package io.keyward.app.run;

import static io.keyward.testing.Running.awaitDecisions;
import static io.keyward.testing.Running.whileRunning;
import static io.keyward.testing.Running.within;
import static io.keyward.topology.Events.retainsUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.EventWriter;
import io.keyward.cli.simulate.StandingState;
import io.keyward.client.DeadLetterHeaders;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.testing.Cluster;
import io.keyward.testing.ProcessorProgram;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deadlines that pass by the clock alone while `run` runs with a real broker (R25).
class DeadlinesIT {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final int OWNING_PARTITION = TenantPartitioner.partitionOf("contoso", Cluster.PARTITIONS);

    @TempDir
    Path folder;

    private Cluster cluster;

    @BeforeEach
    void start() {
        cluster = Cluster.start(folder);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aRetentionEndsByTheClockAloneAndOtherTimeEventsChangeNothing() {
        KeywardConfig config = cluster.config("due.", Map.of());
        TopicNames names = config.topics().names();
        cluster.withTopics(config);
        try (ProcessorProgram processor = ProcessorProgram.start(folder, "due", config, Map.of())) {
            within().until(processor::isReady);
            Instant due = Instant.ofEpochMilli(Instant.now().plusSeconds(5).toEpochMilli());
            List<Event> events = retainsUntil(due, "contoso", "hr");
            cluster.send(names, events.toArray(Event[]::new));
            within().until(() -> !timeDecisions(names).isEmpty());
            Duration visible = Duration.between(due, Instant.now());

            ConsumerRecord<String, byte[]> record =
                    cluster.read(names.name(Topic.TIME_REACHED)).getFirst();
            System.out.printf(
                    "The event was written %d ms after it was due, its decision was visible after %d ms%n",
                    record.timestamp() - due.toEpochMilli(), visible.toMillis());
            assertThat(record.key()).isEqualTo("contoso");
            assertThat(record.partition()).isEqualTo(OWNING_PARTITION);
            assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
            assertThat(Instant.ofEpochMilli(record.timestamp())).isAfterOrEqualTo(due);
            assertThat(cluster.eventOf(record.value())).isEqualTo(new Event.TimeReached(CONTOSO, due));
            Publication.OfDecision decision = timeDecisions(names).getFirst();
            assertThat(decision.decision().retainUntil()).isEmpty();
            assertThat(decision.openWarnings()).isEmpty();
            assertThat(decision.cause().occurredAt()).isEqualTo(due);
            assertThat(StandingState.published(cluster, names))
                    .isEqualTo(StandingState.simulated(config, events, due))
                    .isNotEqualTo(StandingState.simulated(config, events, due.minusMillis(1)));

            sendOtherTimes(names, due);
            awaitDecisions(config);
            assertThat(timeDecisions(names)).hasSize(1);
            assertThat(cluster.read(names.rerouted())).hasSize(1);
            assertThat(cluster.read(names.deadLetters()).stream().map(DeadlinesIT::reason))
                    .containsExactlyInAnyOrder("TIMESTAMP_IN_FUTURE", "INVALID_FIELD");
            assertThat(StandingState.published(cluster, names))
                    .isEqualTo(StandingState.simulated(config, events, Instant.now()));
            assertThat(processor.stop()).isEqualTo(143);
        }
    }

    /// The same event twice, once on a wrong partition; a late one; one from the future; one that is not what it
    /// says.
    private void sendOtherTimes(TopicNames names, Instant due) {
        byte[] same = bytes(new Event.TimeReached(CONTOSO, due));
        SpecificRecord forged = EventWriter.write(new Event.TimeReached(CONTOSO, due), "");
        forged.put(forged.getSchema().getField("dueAt").pos(), due.plusSeconds(3_600));
        send(names, OWNING_PARTITION, same);
        send(names, (OWNING_PARTITION + 1) % Cluster.PARTITIONS, same);
        send(names, OWNING_PARTITION, bytes(new Event.TimeReached(CONTOSO, due.minusSeconds(3_600))));
        send(names, OWNING_PARTITION, bytes(new Event.TimeReached(CONTOSO, due.plusSeconds(3_600))));
        send(names, OWNING_PARTITION, cluster.bytesOf(Topic.TIME_REACHED, forged));
    }

    @Tag("full")
    @Test
    void afterAnOutageAllThatFellDueComesInOrderOfItsTime() {
        KeywardConfig config = cluster.config("outage.", Map.of("keyward.topics.partitions", "1"));
        TopicNames names = config.topics().names();
        cluster.withTopics(config);
        Instant now = Instant.ofEpochMilli(Instant.now().toEpochMilli());
        List<Instant> dates = List.of(now.minusSeconds(30), now.minusSeconds(20), now.minusSeconds(10));
        List<Event> events = new ArrayList<>(retainsUntil(dates.get(1), "adatum", "hr"));
        events.addAll(retainsUntil(dates.get(2), "contoso", "hr"));
        events.addAll(retainsUntil(dates.get(0), "tailspin", "hr"));
        cluster.send(names, events.toArray(Event[]::new));
        whileRunning(config, () -> awaitDecisions(config)); // a clock by which nothing is due: so an outage begins
        assertThat(timeDecisions(names)).isEmpty();

        try (ProcessorProgram _ = ProcessorProgram.start(folder, "outage", config, Map.of())) {
            within().until(() -> timeDecisions(names).size() >= 3);
            awaitDecisions(config);
        }
        assertThat(cluster.read(names.name(Topic.TIME_REACHED)).stream()
                        .map(record -> cluster.eventOf(record.value()).occurredAt()))
                .containsExactlyElementsOf(dates);
        assertThat(timeDecisions(names).stream()
                        .map(decision -> decision.cause().occurredAt()))
                .containsExactlyElementsOf(dates);
        assertThat(StandingState.published(cluster, names)).isEqualTo(StandingState.simulated(config, events, now));
    }

    private List<Publication.OfDecision> timeDecisions(TopicNames names) {
        return cluster.published(names.decisions()).stream()
                .map(Publication.OfDecision.class::cast)
                .filter(decision -> decision.cause().eventType().equals("TimeReached"))
                .toList();
    }

    private byte[] bytes(Event.TimeReached event) {
        return cluster.bytesOf(Topic.TIME_REACHED, event);
    }

    private void send(TopicNames names, int partition, byte[] value) {
        cluster.send(new ProducerRecord<>(
                names.name(Topic.TIME_REACHED), partition, "contoso".getBytes(StandardCharsets.UTF_8), value));
    }

    private static String reason(ConsumerRecord<String, byte[]> deadLetter) {
        return new String(
                deadLetter.headers().lastHeader(DeadLetterHeaders.REASON).value(), StandardCharsets.UTF_8);
    }
}
