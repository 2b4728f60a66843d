package io.keyward.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/// A producer in a fatal state refuses every further record, so that an intake with it would answer nothing but 503.
class RenewedProducerTest {
    private static final ProducerRecord<byte[], byte[]> RECORD = new ProducerRecord<>("cmk.key-hints", new byte[1]);

    private final List<MockProducer<byte[], byte[]>> made = new ArrayList<>();
    private final List<Exception> failures = new ArrayList<>();
    private boolean unreachable;

    @Test
    void aProducerThatRefusesARecordIsReplacedBeforeTheNext() {
        try (RenewedProducer producer = new RenewedProducer(this::make)) {
            made.getFirst().sendException = new KafkaException("in an error state");
            assertThatThrownBy(() -> send(producer)).hasMessage("in an error state");
            send(producer);
            send(producer);
        }
        assertThat(made).hasSize(2).allMatch(MockProducer::closed);
        assertThat(made.getLast().history()).containsExactly(RECORD, RECORD);
    }

    @Test
    void soIsOneOfWhichKafkaSaysThatItMustBe() {
        try (RenewedProducer producer = new RenewedProducer(this::make)) {
            send(producer);
            made.getFirst().errorNext(new InvalidProducerEpochException("fenced"));
            send(producer);
        }
        assertThat(failures).hasSize(1);
        assertThat(made).hasSize(2).allMatch(MockProducer::closed);
        assertThat(made.getLast().history()).containsExactly(RECORD);
    }

    @Test
    void anErrorOfOneRecordDoesNotEndTheProducer() {
        try (RenewedProducer producer = new RenewedProducer(this::make)) {
            send(producer);
            made.getFirst().errorNext(new TopicAuthorizationException("cmk.key-hints"));
            send(producer);
        }
        assertThat(failures).hasSize(1);
        assertThat(made).hasSize(1);
    }

    @Test
    void whileNoneCanBeMadeRecordsAreRefusedAndItIsTriedAgain() {
        try (RenewedProducer producer = new RenewedProducer(this::make)) {
            made.getFirst().sendException = new KafkaException("in an error state");
            assertThatThrownBy(() -> send(producer)).hasMessage("in an error state");
            unreachable = true;
            assertThatThrownBy(() -> send(producer)).hasMessage("no host name resolves");
            assertThatThrownBy(() -> send(producer)).hasMessage("no host name resolves");
            unreachable = false;
            send(producer);
        }
        assertThat(made.getLast().history()).containsExactly(RECORD);
    }

    private void send(RenewedProducer producer) {
        producer.send(RECORD, (_, failure) -> {
            if (failure != null) {
                failures.add(failure);
            }
        });
    }

    private Producer<byte[], byte[]> make() {
        if (unreachable) {
            throw new KafkaException("no host name resolves");
        }
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        made.add(producer);
        return producer;
    }
}
