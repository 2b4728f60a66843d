package io.keyward.topology;

import io.keyward.avro.EventReader;
import io.keyward.avro.PublicationWriter;
import java.util.function.Supplier;

/// What connects the topology to serialization, to metrics, to traces and to the cluster's answers. Readers and
/// writers are for one thread, so each task gets its own.
///
/// @param progress shared by all tasks
public record Ports(
        Supplier<EventReader> readers,
        Supplier<PublicationWriter> writers,
        FlowObserver observer,
        CommittedOffsets committed,
        TaskProgress progress,
        Tracing tracing) {}
