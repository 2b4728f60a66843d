package io.keyward.console.replica;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A copy of what the processor has committed, kept up to date by a thread of its own. It joins no group, commits
/// nothing and writes nothing to the cluster, so any number of them can stand side by side.
public final class Replica implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
    private static final int RECORDS_PER_BATCH = 2_000;

    private final ReplicaSettings settings;
    private final ReplicaDatabase database;
    private final Progress progress = new Progress();
    private final Thread thread;
    private volatile boolean closing;

    private Replica(ReplicaSettings settings) {
        this.settings = settings;
        this.database = ReplicaDatabase.open(settings.topics(), settings.database());
        this.thread = Thread.ofPlatform().name("keyward-replica").unstarted(this::run);
    }

    /// Opens the database and begins to read. Returns at once, whether or not the cluster is there.
    ///
    /// @throws ReplicaException if the database cannot be opened
    public static Replica start(ReplicaSettings settings) {
        Replica replica = new Replica(settings);
        replica.thread.start();
        return replica;
    }

    /// What is known now, also before it is ready: then [Freshness#missing] says so. To be closed.
    ///
    /// @throws IllegalStateException if the replica is closed
    public ReplicaView view() {
        return database.view(progress.reach());
    }

    public ReplicaStatus status() {
        return progress.status();
    }

    private void run() {
        try {
            while (!closing) {
                follow();
            }
        } catch (ReplicaException failure) {
            progress.failed(failure.getMessage());
        } catch (RuntimeException defect) {
            LOG.error("The replica stops because of a defect", defect);
            progress.failed("The replica stopped because of a defect: " + defect);
        }
    }

    /// Reads until the connection fails, and waits a little.
    private void follow() {
        try (ClusterWatch cluster = new ClusterWatch(settings.kafka());
                Consumer<byte[], byte[]> consumer = consumer()) {
            new Follower(settings, database, cluster, consumer, progress).follow(() -> !closing);
        } catch (InterruptException closed) {
            // The replica is being closed; nobody else interrupts.
        } catch (KafkaException trouble) {
            progress.waiting(Troubles.sentence(trouble, settings.kafka().get("bootstrap.servers")));
            pause();
        }
    }

    private void pause() {
        try {
            Pause.of(settings.look());
        } catch (InterruptException closed) {
            // As above.
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> own = new HashMap<>(settings.kafka());
        own.remove(ConsumerConfig.GROUP_ID_CONFIG);
        own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_BATCH);
        return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Stops reading. Views that are open stay usable until they are closed.
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        database.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
