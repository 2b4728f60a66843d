package io.keyward.topology;

import java.util.Map;
import java.util.Optional;
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
import org.slf4j.spi.LoggingEventBuilder;

/// Stops on every failure, and never skips a record. A failure on an admitted record or on an output is a
/// defect or an outage: bad input has already been sent to the topic `dead-letters`. Logs where it happened, in
/// one line without payload.
public final class StopOnDefect
        implements DeserializationExceptionHandler, ProcessingExceptionHandler, ProductionExceptionHandler {
    private final Logger log;

    /// Used by Kafka Streams, which creates the handler.
    public StopOnDefect() {
        this(LoggerFactory.getLogger(StopOnDefect.class));
    }

    StopOnDefect(Logger log) {
        this.log = log;
    }

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> read, Exception failure) {
        logDefect("Reading", subject(context), context, failure);
        return DeserializationExceptionHandler.Response.fail();
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> processed, Exception failure) {
        Optional<LogSubject> about = processed != null && processed.value() instanceof Admitted admitted
                ? Optional.of(LogSubject.of(admitted))
                : subject(context);
        logDefect("Processing", about, context, failure);
        return ProcessingExceptionHandler.Response.fail();
    }

    @Override
    public ProductionExceptionHandler.Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> written, Exception failure) {
        if (failure instanceof RetriableException) {
            return ProductionExceptionHandler.Response.retry();
        }
        logDefect("Writing to " + written.topic(), subject(context), context, failure);
        return ProductionExceptionHandler.Response.fail();
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kafka declares it
    public ProductionExceptionHandler.Response handleSerializationError(
            ErrorHandlerContext context,
            ProducerRecord written,
            Exception failure,
            ProductionExceptionHandler.SerializationExceptionOrigin origin) {
        logDefect("Writing to " + written.topic(), subject(context), context, failure);
        return ProductionExceptionHandler.Response.fail();
    }

    /// The record being processed, if any: fan-outs also run between two records.
    private static Optional<LogSubject> subject(ErrorHandlerContext context) {
        return Optional.ofNullable(context.topic())
                .map(topic -> new LogSubject(topic, context.partition(), context.offset(), Optional.empty()));
    }

    /// Does not log outages: they are logged once where they are detected, not for every record that they delay.
    private void logDefect(String what, Optional<LogSubject> about, ErrorHandlerContext context, Exception failure) {
        if (!Outages.isOutage(failure)) {
            LoggingEventBuilder line = log.atError();
            about.map(subject -> subject.addTo(line))
                    .orElse(line)
                    .log(
                            "{} failed in {} (task {}) {}: {}",
                            what,
                            context.processorNodeId(),
                            context.taskId(),
                            about.map(subject -> "for the record at " + subject).orElse("between two records"),
                            Outages.innermost(failure).toString());
        }
    }
}
