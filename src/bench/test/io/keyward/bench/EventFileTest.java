package io.keyward.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.keyward.avro.EventWriter;
import io.keyward.bench.workload.EventFile;
import io.keyward.bench.workload.Workload;
import io.keyward.bench.workload.WorkloadSize;
import io.keyward.domain.event.Event;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `bin/bench --training` writes.
class EventFileTest {
    private static final WorkloadSize SIZE = WorkloadSize.ofEvents(3, 2_000);

    @TempDir
    private Path folder;

    @Test
    void theProductReadsTheEventsOfTheWorkload() throws IOException {
        Path file = folder.resolve("new/events.jsonl");
        EventFile.write(SIZE, file);
        Workload workload = new Workload(SIZE);
        for (String line : Files.readAllLines(file)) {
            Event event = workload.next();
            assertEquals(
                    new EventLine(
                            Topics.of(event),
                            Optional.of(event.tenantId().value()),
                            Optional.of(EventWriter.write(event, "")),
                            Optional.empty()),
                    EventLine.parse(line));
        }
        assertFalse(workload.hasNext());
    }
}
