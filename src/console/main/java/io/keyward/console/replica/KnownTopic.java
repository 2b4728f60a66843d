package io.keyward.console.replica;

import org.apache.kafka.common.Uuid;

/// A topic as it was when it was last looked at.
///
/// @param id another one means that the topic was created anew
record KnownTopic(Uuid id, int partitions) {}
