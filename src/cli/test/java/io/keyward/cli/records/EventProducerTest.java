package io.keyward.cli.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.client.EventSender;
import io.keyward.client.TopicNames;
import io.keyward.cluster.CommandFailedException;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.testing.ProducerWithoutOffsets;
import io.keyward.topology.contract.EventLine;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class EventProducerTest {
    private static final EventLine EVENT =
            EventLine.parse("{\"topic\": \"policy-removed\", \"value\": {\"eventId\": \"1\", \"tenantId\": \"contoso\","
                    + " \"occurredAt\": \"2026-01-01T00:00:00Z\", \"environmentId\": \"hr\", \"policyId\": \"p\"}}");

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final EventProducer producer = new EventProducer(
            new TopicNames("cmk."),
            new AvroSerializer(new InMemorySchemaRegistry(), SerializerSettings.DEFAULT),
            new EventSender(kafka));

    @Test
    void anEventThatKafkaDoesNotTakeIsNamedByItsPlace() {
        producer.send(EVENT, "a.jsonl:1");
        producer.send(EVENT, "a.jsonl:2");
        kafka.completeNext();
        kafka.errorNext(new RecordTooLargeException("too large for the topic"));

        assertThatThrownBy(() -> producer.send(EVENT, "a.jsonl:3"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("Kafka did not accept a.jsonl:2: too large for the topic");
        assertThat(producer.arrived()).isEqualTo(1);
    }

    @Test
    void anAcknowledgementWithoutAnOffsetLetsNobodyWait() {
        EventProducer sending = new EventProducer(
                new TopicNames("cmk."),
                new AvroSerializer(new InMemorySchemaRegistry(), SerializerSettings.DEFAULT),
                new EventSender(new ProducerWithoutOffsets()));

        sending.send(EVENT, "a.jsonl:1");
        assertThatThrownBy(() -> sending.flush())
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining(
                        "a.jsonl:1: Kafka has stored the record, but did not return its offset in cmk.policy-removed");
    }
}
