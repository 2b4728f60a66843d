package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RocksStoreTest {
    private static final TopicPartition CHANGELOG = new TopicPartition("changelog", 0);
    private static final String GONE = "erased-tenant";
    private static final String KEPT = "other-tenant";

    @TempDir
    Path folder;

    /// Nothing is written any more after the deletion, but commits go on, as they do while an instance runs.
    @ParameterizedTest(name = "transactional {0}")
    @ValueSource(booleans = {false, true})
    void whatIsDeletedLeavesTheFilesWithinTheTimeThatIsSet(boolean transactional) {
        KeyValueStore<Bytes, byte[]> store = open(transactional);
        IntStream.range(0, 100).forEach(number -> {
            store.put(key(GONE, number), new byte[] {1});
            store.put(key(KEPT, number), new byte[] {1});
        });
        store.commit(Map.of(CHANGELOG, 1L));
        Patience.until("the rows are in files", () -> commitAndFind(store, GONE));

        IntStream.range(0, 100).forEach(number -> store.delete(key(GONE, number)));

        Patience.until("the deleted rows are in no file", () -> !commitAndFind(store, GONE));
        assertThat(commitAndFind(store, KEPT)).isTrue();
        assertThat(store.get(key(KEPT, 1))).isNotNull();
        store.close();
    }

    private boolean commitAndFind(KeyValueStore<Bytes, byte[]> store, String tenant) {
        store.commit(Map.of(CHANGELOG, 1L));
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).anyMatch(file -> holds(file, tenant));
        } catch (IOException | UncheckedIOException changing) {
            return commitAndFind(store, tenant);
        }
    }

    /// A file may have been deleted since it was listed.
    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException deleted) {
            return false;
        }
    }

    private KeyValueStore<Bytes, byte[]> open(boolean transactional) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "stores");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        settings.put(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, transactional);
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(settings, new TaskId(0, 0), folder.toFile());
        KeyValueStore<Bytes, byte[]> store = new RocksStore("rows", "rocksdb", Duration.ofSeconds(2));
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    private static Bytes key(String tenant, int number) {
        return Bytes.wrap((tenant + number).getBytes(StandardCharsets.UTF_8));
    }
}
