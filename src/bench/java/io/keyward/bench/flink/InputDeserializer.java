package io.keyward.bench.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads records without decoding them. [DecideFunction] decodes them.
final class InputDeserializer implements KafkaRecordDeserializationSchema<FlinkInput> {
    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> received, Collector<FlinkInput> out) {
        out.collect(FlinkInput.of(received));
    }

    @Override
    public TypeInformation<FlinkInput> getProducedType() {
        return TypeInformation.of(FlinkInput.class);
    }
}
