package io.keyward.topology;

import io.keyward.avro.EventReader;
import io.keyward.avro.PublicationWriter;
import java.util.function.Supplier;

/// The topology's connections to serialization, metrics, traces and the cluster. Readers and writers are not
/// thread-safe, so each task gets its own.
///
/// @param progress shared by all tasks
public record Ports(
        Supplier<EventReader> readers,
        Supplier<PublicationWriter> writers,
        FlowObserver observer,
        CommittedOffsets committed,
        TaskProgress progress,
        Tracing tracing) {}
