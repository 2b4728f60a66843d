package io.keyward.intake;

import io.keyward.avro.EventWriter;
import io.keyward.avro.KeyHintCodec;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.ValueWriter;
import io.keyward.topology.DeadLetters;
import io.keyward.topology.OriginCoordinates;
import io.keyward.topology.RecordLimits;
import io.keyward.topology.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/// Makes the records of a delivery. They have no timestamps: the time of an event would be wrong, because retention
/// counts from the timestamp.
///
/// @param values must not be used by other threads
record DeliveryRecords(TopicNames names, ValueWriter values) {
    /// One record for each item that is not irrelevant, in their order. Of hints about the same keys, the first one is
    /// enough: a batch of events must not become thousands of passes over all keys.
    ///
    /// @throws RuntimeException if a value cannot be written, such as when the schema registry does not answer
    List<ProducerRecord<byte[], byte[]>> of(TenantId tenant, Publisher.Origin origin, List<Item> items) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        Set<List<Optional<String>>> hinted = new HashSet<>();
        for (Item item : items) {
            switch (item.finding()) {
                case Finding.Fact(var event) ->
                    records.add(record(tenant, origin, Topics.of(event), EventWriter.write(event, origin.source())));
                case Finding.Hint(var hint) -> {
                    if (hinted.add(List.of(hint.vaultUri(), hint.keyName()))) {
                        records.add(record(tenant, origin, Topic.KEY_HINTS, KeyHintCodec.write(hint)));
                    }
                }
                case Finding.Refused(var why) -> records.add(deadLetter(tenant, origin, item.received(), why));
                case Finding.Irrelevant _, Finding.Handshake _ -> {
                    // it says nothing about a key
                }
            }
        }
        return records;
    }

    private ProducerRecord<byte[], byte[]> record(
            TenantId tenant, Publisher.Origin origin, Topic topic, SpecificRecord value) {
        String name = names.name(topic);
        Headers headers = new RecordHeaders();
        origin.headers().forEach(header -> headers.add(header.name(), header.value()));
        byte[] bytes = values.serialize(name, headers, value);
        return new ProducerRecord<>(name, null, null, key(tenant), bytes, headers);
    }

    private ProducerRecord<byte[], byte[]> deadLetter(
            TenantId tenant, Publisher.Origin origin, byte[] received, RefusedException why) {
        Record<byte[], byte[]> written = DeadLetters.of(
                new Record<>(key(tenant), received, 0L),
                new OriginCoordinates(origin.path(), -1, -1),
                why,
                RecordLimits.DEFAULT.deadLetter());
        return new ProducerRecord<>(names.deadLetters(), null, null, written.key(), written.value(), written.headers());
    }

    private static byte[] key(TenantId tenant) {
        return tenant.value().getBytes(StandardCharsets.UTF_8);
    }
}
