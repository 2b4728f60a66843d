package io.keyward.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a paused instance has committed is found in the log, and nothing else.
class FencedProducersTest {
    private static final long PRODUCER = 7;
    private static final short EPOCH = 3;

    @TempDir
    private Path broker;

    private final FencedProducers fenced = new FencedProducers();
    private long offset;

    @BeforeEach
    void fence() {
        fenced.add(Set.of(new TransactionDescription(
                1,
                TransactionState.COMPLETE_COMMIT,
                PRODUCER,
                EPOCH,
                Duration.ofSeconds(10).toMillis(),
                OptionalLong.empty(),
                Set.of())));
    }

    @Test
    void whatItHasCommittedIsFound() throws IOException {
        transaction("group.progress-0", PRODUCER, EPOCH, ControlRecordType.COMMIT);
        assertThat(committed()).containsExactly("group.progress-0 offset 0: records of the fenced producer 7, epoch 3");
    }

    @Test
    void whatWasAbortedIsNotFound() throws IOException {
        transaction("group.progress-0", PRODUCER, EPOCH, ControlRecordType.ABORT);
        assertThat(committed()).isEmpty();
    }

    @Test
    void whatItCommittedBeforeAndAfterItsRestartIsNotFound() throws IOException {
        transaction("group.progress-0", PRODUCER, (short) (EPOCH - 1), ControlRecordType.COMMIT);
        transaction("group.progress-0", PRODUCER, (short) (EPOCH + 1), ControlRecordType.COMMIT);
        assertThat(committed()).isEmpty();
    }

    @Test
    void whatOthersHaveCommittedIsNotFound() throws IOException {
        transaction("group-store-changelog-1", PRODUCER + 1, EPOCH, ControlRecordType.COMMIT);
        assertThat(committed()).isEmpty();
    }

    @Test
    void otherGroupsAreNotRead() throws IOException {
        transaction("group1.progress-0", PRODUCER, EPOCH, ControlRecordType.COMMIT);
        assertThat(committed()).isEmpty();
    }

    private List<String> committed() {
        return fenced.committed(List.of(broker), "group");
    }

    private void transaction(String partition, long producer, short epoch, ControlRecordType end) throws IOException {
        Path segment = Files.createDirectories(broker.resolve(partition)).resolve("00000000000000000000.log");
        try (FileRecords log = FileRecords.open(segment.toFile())) {
            log.append(MemoryRecords.withTransactionalRecords(
                    offset, Compression.NONE, producer, epoch, 0, 0, new SimpleRecord(new byte[] {1})));
            log.append(MemoryRecords.withEndTransactionMarker(
                    offset + 1, 0, 0, producer, epoch, new EndTransactionMarker(end, 0)));
            offset += 2;
        }
    }
}
