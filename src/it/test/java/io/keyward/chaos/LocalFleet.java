package io.keyward.chaos;

import io.keyward.config.KeywardConfig;
import io.keyward.testing.process.Folders;
import io.keyward.testing.process.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// The instances of one experiment, all in this process. [#await] starts those again that have ended by themselves, as
/// an orchestrator does. For one thread.
final class LocalFleet implements AutoCloseable {
    private static final Duration BACK_OFF = Duration.ofSeconds(2);

    private final LocalInstance.Kind kind;
    private final Path folder;
    private final Map<String, String> settings;
    private final Map<String, LocalInstance> running = new TreeMap<>();
    private final Map<String, String> brokersOf = new HashMap<>();
    private final List<String> ends = new ArrayList<>();
    private int refusals;

    /// @param settings of all instances
    LocalFleet(LocalInstance.Kind kind, Path folder, Map<String, String> settings) {
        this.kind = kind;
        this.folder = Folders.make(folder);
        this.settings = settings;
    }

    /// Starts one; if it cannot be started, again and again.
    ///
    /// @param name tells its state folder
    /// @param brokers how it reaches them
    void start(String name, String brokers) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("keyward.kafka.bootstrap.servers", brokers);
        own.put("keyward.state.dir", stateFolder(name).toString());
        own.put("keyward.http.port", "0");
        Properties properties = new Properties();
        properties.putAll(own);
        KeywardConfig config = KeywardConfig.load(Optional.empty(), Map.of(), properties);
        long end = System.nanoTime() + Patience.LIMIT.toNanos();
        while (!running.containsKey(name)) {
            try {
                running.put(name, kind.start(config));
            } catch (RuntimeException refused) {
                if (System.nanoTime() > end) {
                    throw refused;
                }
                rest();
            }
        }
        brokersOf.put(name, brokers);
    }

    private static void rest() {
        long end = System.nanoTime() + BACK_OFF.toNanos();
        Patience.until("it is tried again", () -> System.nanoTime() > end);
    }

    /// Stops one in order.
    void stop(String name) {
        LocalInstance stopped = running.remove(name);
        refusals += stopped.refusals();
        stopped.close();
    }

    /// Deletes the state of one that does not run.
    void deleteState(String name) {
        Folders.delete(stateFolder(name));
    }

    boolean isRestoring(String name) {
        return running.get(name).isRestoring();
    }

    boolean isRestoring() {
        return running.values().stream().anyMatch(LocalInstance::isRestoring);
    }

    /// Why instances have ended by themselves.
    List<String> ends() {
        return List.copyOf(ends);
    }

    /// How often the state of a task was not whole, and was not worked on.
    int refusals() {
        return refusals
                + running.values().stream().mapToInt(LocalInstance::refusals).sum();
    }

    /// Waits for a condition.
    ///
    /// @param what a sentence about it
    void await(String what, BooleanSupplier condition) {
        Patience.until("%s (%s)".formatted(what, folder), () -> {
            for (String name : running.keySet().toArray(String[]::new)) {
                if (running.get(name).hasEnded()) {
                    ends.add(name + ": " + running.get(name).reasonOfEnd());
                    stop(name);
                    rest();
                    start(name, brokersOf.get(name));
                }
            }
            return condition.getAsBoolean();
        });
    }

    void stop() {
        running.keySet().stream().toList().forEach(this::stop);
    }

    private Path stateFolder(String name) {
        return folder.resolve(name + "-state");
    }

    @Override
    public void close() {
        stop();
    }
}
