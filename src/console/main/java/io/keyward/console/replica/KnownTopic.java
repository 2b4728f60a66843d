package io.keyward.console.replica;

import org.apache.kafka.common.Uuid;

/// A topic at the last refresh.
///
/// @param id a different one means that the topic was recreated
record KnownTopic(Uuid id, int partitions) {}
