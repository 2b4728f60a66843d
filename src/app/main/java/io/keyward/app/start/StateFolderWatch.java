package io.keyward.app.start;

import io.keyward.cluster.SetupFinding;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.topology.store.PeriodicTask;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tries every ten seconds to write to the state folder of a running instance. Stores write to it only once their
/// buffers in memory are full, so a disk that is full or read-only may show hours later: as the end of the
/// instance. Logs once when the folder cannot be used, and once when it can again. Any number of threads may read.
public final class StateFolderWatch implements AutoCloseable {
    /// The name of the thread.
    static final String THREAD = "keyward-state-watch";

    private static final Duration PERIOD = Duration.ofSeconds(10);

    /// A disk that does not answer holds the thread that tries it.
    static final Duration LIMIT = PERIOD.multipliedBy(4);

    private static final Logger LOG = LoggerFactory.getLogger(StateFolderWatch.class);

    private final Supplier<Optional<String>> trial;
    private final LongSupplier nanoTime;
    private final PeriodicTask task = new PeriodicTask(THREAD, PERIOD, this::poll);
    private volatile long triedAt;
    private volatile Optional<String> found = Optional.empty();

    /// @param trial what prevents that the folder is used; may block
    StateFolderWatch(Supplier<Optional<String>> trial, LongSupplier nanoTime) {
        this.trial = trial;
        this.nanoTime = nanoTime;
        triedAt = nanoTime.getAsLong();
    }

    /// Starts to try the folder that the configuration names.
    public static StateFolderWatch start(KeywardConfig config) {
        StateFolder folder = new StateFolder(config.value(StateSettings.DIR), config.applicationId());
        StateFolderWatch watch = new StateFolderWatch(
                () -> folder.findings(false).stream()
                        .map(SetupFinding::sentence)
                        .findFirst(),
                System::nanoTime);
        watch.task.start();
        return watch;
    }

    /// The problem as a sentence; empty while the folder can be used.
    public Optional<String> problem() {
        Duration age = Duration.ofNanos(nanoTime.getAsLong() - triedAt);
        return age.compareTo(LIMIT) > 0
                ? Optional.of("The state folder has not answered for %d s.".formatted(age.toSeconds()))
                : found;
    }

    /// Tries once.
    void poll() {
        Optional<String> now = trial.get();
        if (now.isPresent() && found.isEmpty()) {
            LOG.error(
                    "The state folder cannot be used. What is committed is in Kafka, and nothing is lost. {}",
                    now.get());
        } else if (now.isEmpty() && found.isPresent()) {
            LOG.info("The state folder can be used again");
        }
        found = now;
        triedAt = nanoTime.getAsLong();
    }

    @Override
    public void close() {
        task.interrupt();
    }
}
