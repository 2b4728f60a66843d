package io.keyward.topology;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Never skips a record: what an admitted record, or a record to be written, fails on is a defect or an outage, and
/// bad input has gone to the dead letters before. Says where it happened, in one line without payload.
public final class StopOnDefect
        implements DeserializationExceptionHandler, ProcessingExceptionHandler, ProductionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StopOnDefect.class);

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> read, Exception failure) {
        say("Reading", context, failure);
        return DeserializationExceptionHandler.Response.fail();
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> processed, Exception failure) {
        say("Processing", context, failure);
        return ProcessingExceptionHandler.Response.fail();
    }

    @Override
    public ProductionExceptionHandler.Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> written, Exception failure) {
        if (failure instanceof RetriableException) {
            return ProductionExceptionHandler.Response.retry();
        }
        say("Writing to " + written.topic() + " because of", context, failure);
        return ProductionExceptionHandler.Response.fail();
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kafka declares it
    public ProductionExceptionHandler.Response handleSerializationError(
            ErrorHandlerContext context,
            ProducerRecord written,
            Exception failure,
            ProductionExceptionHandler.SerializationExceptionOrigin origin) {
        say("Writing to " + written.topic() + " because of", context, failure);
        return ProductionExceptionHandler.Response.fail();
    }

    /// An outage is reported by whoever found it, once, and not for every record it holds up.
    private static void say(String what, ErrorHandlerContext context, Exception failure) {
        if (Outages.isOutage(failure)) {
            return;
        }
        LOG.error(
                "{} the record at partition {} offset {} of {} failed in {} (task {}): {}",
                what,
                context.partition(),
                context.offset(),
                context.topic(),
                context.processorNodeId(),
                context.taskId(),
                Outages.innermost(failure));
    }
}
