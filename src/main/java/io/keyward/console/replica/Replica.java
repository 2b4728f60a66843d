package io.keyward.console.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A copy of what the processor has committed, kept up to date by a thread of its own. It joins no group, commits
/// nothing and writes nothing to the cluster, so any number of them can stand side by side.
public final class Replica implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
    private static final int LOOKS_PER_QUESTION = 60;

    private final ReplicaSettings settings;
    private final ReplicaDatabase database;
    private final Progress progress = new Progress();
    private final Thread thread;
    private final AtomicReference<Optional<Connection>> connection = new AtomicReference<>(Optional.empty());
    private final Supplier<FollowedTopics> current;
    private boolean closing;

    private Replica(ReplicaSettings settings, Supplier<FollowedTopics> current) {
        this.settings = settings;
        this.current = current;
        this.database = ReplicaDatabase.open(settings.topics(), settings.database());
        this.thread = Thread.ofPlatform().name("keyward-replica").unstarted(this::run);
    }

    /// Opens the database and begins to read. Returns at once, whether or not the cluster is there.
    ///
    /// @throws ReplicaException if the database cannot be opened
    public static Replica start(ReplicaSettings settings) {
        return start(settings, settings::topics);
    }

    /// The same for a processor that can be moved to other changelogs while it is followed.
    ///
    /// @param current says what is to be followed now; a [KafkaException] says that it is not known. Asked by the
    ///     replica's thread, at each connection and now and then
    /// @throws ReplicaException if the database cannot be opened
    public static Replica start(ReplicaSettings settings, Supplier<FollowedTopics> current) {
        Replica replica = new Replica(settings, current);
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

    /// Reads until the connection fails, and waits a little.
    private void follow() {
        try (Connection opened = Connection.open(settings.kafka())) {
            connection.set(Optional.of(opened));
            FollowedTopics topics = current.get();
            if (database.follow(topics, Instant.now())) {
                LOG.warn("The replica is built anew: it follows the changelogs of {} now", topics.applicationId());
            }
            NextLook next = new NextLook(settings.look().multipliedBy(LOOKS_PER_QUESTION));
            new Follower(settings.following(topics), database, opened, progress, this::pause)
                    .follow(() -> goesOn() && (!next.isDue() || current.get().equals(topics)));
        } catch (KafkaException trouble) {
            if (goesOn()) {
                progress.waiting(Troubles.sentence(trouble, settings.kafka().get("bootstrap.servers")));
                pause(settings.look());
            }
        } finally {
            connection.set(Optional.empty());
        }
    }

    /// When something is to be looked at again.
    private static final class NextLook {
        private final Duration period;
        private long last = System.nanoTime();

        NextLook(Duration period) {
            this.period = period;
        }

        boolean isDue() {
            long now = System.nanoTime();
            boolean due = now - last >= period.toNanos();
            if (due) {
                last = now;
            }
            return due;
        }
    }

    private synchronized boolean goesOn() {
        return !closing;
    }

    private synchronized void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        long left = time.toMillis();
        try {
            while (!closing && left > 0) {
                wait(left);
                left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException interrupted) {
            closing = true; // nobody interrupts it but who wants it to end
        }
    }

    /// Stops reading. Views that are open stay usable until they are closed.
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            connection.get().ifPresent(Connection::interrupt);
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
