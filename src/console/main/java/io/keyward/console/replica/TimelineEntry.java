package io.keyward.console.replica;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A record of an output topic, as it was read.
///
/// @param cursor for the entries before it
public record TimelineEntry(ConsumerRecord<byte[], byte[]> output, String cursor) {}
