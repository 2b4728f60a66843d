package io.keyward.chaos.fault;

import io.keyward.testing.process.FreePorts;
import io.keyward.testing.process.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The processor's instances in one experiment. [#await] restarts instances that have ended by themselves, as an
/// orchestrator does.
public final class Fleet implements AutoCloseable {
    /// How long an orchestrator waits before it restarts an instance.
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration BACK_OFF = Duration.ofSeconds(2);

    private static final String NAME = "instance-";
    private static final String FIRST = NAME + 0;

    private final Settings settings;
    private final List<ProcessorInstance> instances = new ArrayList<>();
    private final Map<ProcessorInstance, Long> endedAt = new HashMap<>();
    private int ends;

    /// How its instances are configured.
    ///
    /// @param folder where they keep their state and their logs
    /// @param common what all of them are configured with
    /// @param main the class to run instead of the product's own, if any
    /// @param disk for the state of the first instance, if not in that folder
    public record Settings(Path folder, Map<String, String> common, Optional<Class<?>> main, Optional<Disk> disk) {}

    public Fleet(Settings settings) {
        this.settings = settings;
    }

    /// Starts one more instance.
    public ProcessorInstance add() {
        int number = instances.size();
        String name = NAME + number;
        Supplier<List<String>> before = name.equals(FIRST) && settings.disk().isPresent()
                ? settings.disk().get()::commandPrefix
                : List::of;
        ProcessorInstance instance = new ProcessorInstance(
                new ProcessorInstance.Location(name, settings.folder(), FreePorts.one(), before),
                settings.common(),
                settings.main());
        instances.add(instance);
        instance.start();
        return instance;
    }

    /// The disk of the first instance, if it has one of its own.
    Optional<Disk> disk() {
        return settings.disk();
    }

    /// Where the first instance keeps its state.
    public static Path firstStateFolder(Path folder) {
        return ProcessorInstance.stateFolder(folder, FIRST);
    }

    ProcessorInstance instance(int number) {
        return instances.get(number);
    }

    List<ProcessorInstance> instances() {
        return List.copyOf(instances);
    }

    /// How often an instance has ended by itself.
    public int ends() {
        return ends;
    }

    void awaitReady(ProcessorInstance instance) {
        await("a started instance is ready", instance::isReady);
    }

    /// Waits for a condition.
    ///
    /// @param what a sentence about it
    public void await(String what, BooleanSupplier condition) {
        // A product that is broken on purpose may never get there, which is a finding.
        Patience.until("%s (logs: %s)".formatted(what, settings.folder()), LIMIT, () -> {
            instances.forEach(this::restartEnded);
            return condition.getAsBoolean();
        });
    }

    private void restartEnded(ProcessorInstance instance) {
        if (!instance.hasEndedByItself()) {
            endedAt.remove(instance);
        } else if (!endedAt.containsKey(instance)) {
            ends++;
            endedAt.put(instance, System.nanoTime());
        } else if (System.nanoTime() - endedAt.get(instance) > BACK_OFF.toNanos()) {
            instance.start();
        }
    }

    /// Stops every instance with SIGTERM.
    public void stop() {
        instances.forEach(ProcessorInstance::stop);
    }

    @Override
    public void close() {
        instances.forEach(ProcessorInstance::close);
        settings.disk().ifPresent(Disk::close);
    }
}
