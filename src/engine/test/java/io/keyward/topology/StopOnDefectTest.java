package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.registry.client.RegistryUnavailableException;
import io.keyward.testing.RecordingLogger;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopOnDefectTest {
    private final RecordingLogger log = new RecordingLogger();
    private final StopOnDefect handler = new StopOnDefect(log);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noRecordIsEverSkipped(boolean outage) {
        Exception failure = outage ? new RegistryUnavailableException("gone") : new IllegalStateException("defect");
        assertThat(handler.handleError(new Somewhere(), new Record<>("key", "value", 0), failure)
                        .result())
                .isEqualTo(ProcessingExceptionHandler.Result.FAIL);
        assertThat(handler.handleError(
                                new Somewhere(), new ConsumerRecord<>("in", 1, 2, new byte[0], new byte[0]), failure)
                        .result())
                .isEqualTo(DeserializationExceptionHandler.Result.FAIL);
    }

    @Test
    void writingIsTriedAgainWhereThatCanHelpAndElseStops() {
        ProducerRecord<byte[], byte[]> written = new ProducerRecord<>("out", new byte[0]);
        assertThat(handler.handleError(new Somewhere(), written, new TimeoutException("slow"))
                        .result())
                .isEqualTo(ProductionExceptionHandler.Result.RETRY);
        assertThat(handler.handleError(new Somewhere(), written, new RecordTooLargeException("large"))
                        .result())
                .isEqualTo(ProductionExceptionHandler.Result.FAIL);
    }

    @Test
    void aDefectIsLoggedOnceWithTheRecordAndTheEventButWithoutWhatTheyHold() {
        Admitted admitted = new Admitted(
                Events.applied(2, "contoso", "hr", "k1"),
                new OriginCoordinates("cmk.policy-applied", 3, 41),
                new byte[] {7});
        handler.handleError(new Somewhere(), new Record<>("contoso", admitted, 0), new IllegalStateException("defect"));
        assertThat(log.lines()).singleElement().satisfies(line -> {
            assertThat(line.message())
                    .contains("partition 3 offset 41 of cmk.policy-applied (event applied-2-contoso-hr)", "defect");
            assertThat(line.fields())
                    .containsOnly(
                            Map.entry("kafka.topic", "cmk.policy-applied"),
                            Map.entry("kafka.partition", "3"),
                            Map.entry("kafka.offset", "41"),
                            Map.entry("event.id", "applied-2-contoso-hr"));
        });
    }

    @Test
    void aDefectInTheBytesOfARecordIsLoggedWithItsCoordinates() {
        handler.handleError(
                new Somewhere(),
                new ConsumerRecord<>("in", 1, 2, new byte[0], new byte[0]),
                new IllegalStateException("defect"));
        assertThat(log.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.fields())
                        .containsOnly(
                                Map.entry("kafka.topic", "in"),
                                Map.entry("kafka.partition", "1"),
                                Map.entry("kafka.offset", "2")));
    }

    @Test
    void aDefectBetweenRecordsIsLoggedWithoutARecord() {
        ErrorHandlerContext fanOut = new Somewhere(null);
        handler.handleError(fanOut, new ProducerRecord<>("out", new byte[0]), new RecordTooLargeException("large"));
        handler.handleError(fanOut, (Record<?, ?>) null, new IllegalStateException("defect"));
        assertThat(log.lines())
                .extracting(RecordingLogger.Line::message)
                .containsExactly(
                        "Writing to out failed in decide (task 0_1) between two records: "
                                + RecordTooLargeException.class.getName() + ": large",
                        "Processing failed in decide (task 0_1) between two records: java.lang.IllegalStateException: defect");
        assertThat(log.lines()).allSatisfy(line -> assertThat(line.fields()).isEmpty());
    }

    @Test
    void whatCannotBeTurnedIntoBytesStops() {
        ProducerRecord<byte[], byte[]> written = new ProducerRecord<>("out", new byte[0]);
        assertThat(handler.handleSerializationError(
                                new Somewhere(),
                                written,
                                new IllegalStateException("defect"),
                                ProductionExceptionHandler.SerializationExceptionOrigin.VALUE)
                        .result())
                .isEqualTo(ProductionExceptionHandler.Result.FAIL);
        assertThat(log.lines())
                .extracting(RecordingLogger.Line::message)
                .containsExactly(
                        "Writing to out failed in decide (task 0_1) for the record at partition 1 offset 2 of in: "
                                + "java.lang.IllegalStateException: defect");
    }

    @Test
    void anOutageIsLoggedWhereItIsDetected() {
        handler.handleError(new Somewhere(), new Record<>("key", "value", 0), new RegistryUnavailableException("gone"));
        assertThat(log.lines()).isEmpty();
    }

    private record Somewhere(String topic) implements ErrorHandlerContext {
        Somewhere() {
            this("in");
        }

        @Override
        public int partition() {
            return 1;
        }

        @Override
        public long offset() {
            return 2;
        }

        @Override
        public Headers headers() {
            return new RecordHeaders();
        }

        @Override
        public String processorNodeId() {
            return "decide";
        }

        @Override
        public TaskId taskId() {
            return new TaskId(0, 1);
        }

        @Override
        public long timestamp() {
            return 0;
        }

        @Override
        public byte[] sourceRawKey() {
            return new byte[0];
        }

        @Override
        public byte[] sourceRawValue() {
            return new byte[0];
        }
    }
}
