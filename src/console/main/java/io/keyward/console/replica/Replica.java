package io.keyward.console.replica;

import io.keyward.cluster.ClusterException;
import io.keyward.ops.http.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A copy of what the processor has committed, kept up to date by a thread of its own. It joins no consumer group
/// and writes nothing to the cluster, so any number of replicas can run side by side.
public final class Replica implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

    private final ReplicaSettings settings;
    private final ReplicaDatabase database;
    private final ReplicaProgress progress = new ReplicaProgress();
    private final Thread thread;
    private final AtomicReference<Optional<ReplicaClients>> clients = new AtomicReference<>(Optional.empty());
    private final Supplier<FollowedTopics> current;
    private final CountDownLatch closing = new CountDownLatch(1);

    private Replica(ReplicaSettings settings, Supplier<FollowedTopics> current) {
        this.settings = settings;
        this.current = current;
        this.database = ReplicaDatabase.open(settings.topics(), settings.database());
        this.thread = Thread.ofPlatform().name("keyward-replica").unstarted(this::run);
    }

    /// Opens the database and starts reading. Returns at once, whether or not the cluster is available.
    ///
    /// @throws ReplicaException if the database cannot be opened
    public static Replica start(ReplicaSettings settings) {
        return start(settings, settings::topics);
    }

    /// The same for a processor that may move to other changelogs while it is followed.
    ///
    /// @param current returns the topics to follow; throws [ClusterException] if they are not known. The
    ///     replica's thread calls it at each connection and about once a minute
    /// @throws ReplicaException if the database cannot be opened
    public static Replica start(ReplicaSettings settings, Supplier<FollowedTopics> current) {
        Replica replica = new Replica(settings, current);
        replica.thread.start();
        return replica;
    }

    /// A view of what is known now. Before the replica is ready, [Staleness#missing] says so. The caller
    /// must close it.
    ///
    /// @throws IllegalStateException if the replica is closed
    public ReplicaView view(Caller caller) {
        return database.view(caller, progress.clusterProgress(settings.clock().instant()));
    }

    /// What is not fully known now, one sentence each.
    public List<String> missing() {
        return progress.clusterProgress(settings.clock().instant()).missing();
    }

    public ReplicaStatus status() {
        return progress.status();
    }

    private void run() {
        try {
            while (goesOn()) {
                follow();
            }
        } catch (ReplicaException failure) {
            progress.failed(failure.getMessage());
        } catch (RuntimeException defect) {
            LOG.error("The replica stops because of a defect", defect);
            progress.failed("The replica stopped because of a defect: " + defect);
        }
    }

    /// Reads until the connection fails, then waits for a refresh interval.
    private void follow() {
        try (ReplicaClients opened = ReplicaClients.open(settings.kafka())) {
            clients.set(Optional.of(opened));
            FollowedTopics topics = current.get();
            if (database.follow(topics, settings.clock().instant())) {
                LOG.warn("Rebuilding the replica: it now follows the changelogs of {}", topics.applicationId());
            }
            new ReplicaUpdater(settings.following(topics), database, opened, progress, this::pause)
                    .follow(this::goesOn, () -> current.get().equals(topics));
        } catch (KafkaException | ClusterException trouble) {
            if (goesOn()) {
                progress.waiting(
                        Troubles.sentence(trouble, settings.kafka().values().get("bootstrap.servers")));
                pause(settings.refreshInterval());
            }
        } finally {
            clients.set(Optional.empty());
        }
    }

    private boolean goesOn() {
        return closing.getCount() > 0;
    }

    private void pause(Duration time) {
        try {
            closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            closing.countDown(); // only interrupted to end it
        }
    }

    /// Stops reading. Open views stay usable until they are closed.
    @Override
    public void close() {
        closing.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            clients.get().ifPresent(ReplicaClients::interrupt);
            try {
                thread.join(Duration.ofMillis(100));
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
