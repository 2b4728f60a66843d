package io.keyward.topology;

import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The progress of the tasks of an instance, and the state of its consumers and inputs from which they compute it
/// (R33). Thread-safe.
public final class TaskProgress {
    private final PolledOffsets polled = new PolledOffsets();
    private final InputEnds ends = new InputEnds();
    private final ParkedPartitions parked = new ParkedPartitions();
    private final BrokerTime time;
    private final Map<Integer, TaskState> tasks = new ConcurrentHashMap<>();

    /// Uses the clock of this machine.
    public TaskProgress() {
        this(InstantSource.system());
    }

    public TaskProgress(InstantSource clock) {
        time = new BrokerTime(clock, System::nanoTime);
    }

    public PolledOffsets polled() {
        return polled;
    }

    public InputEnds ends() {
        return ends;
    }

    /// The parked partitions, including those whose tasks have moved to other instances.
    public ParkedPartitions parked() {
        return parked;
    }

    /// The fault of each parked partition that has a task on this instance.
    public SortedMap<Integer, String> faults() {
        SortedMap<Integer, String> faults = new TreeMap<>();
        tasks.keySet().forEach(partition -> parked.fault(partition).ifPresent(fault -> faults.put(partition, fault)));
        return faults;
    }

    /// The brokers' time, in which the instance publishes its progress.
    public BrokerTime time() {
        return time;
    }

    void taskStarted(int partition, TaskState task) {
        tasks.put(partition, task);
        time.discard(partition);
        ends.assigned(partition);
    }

    void taskClosed(int partition) {
        tasks.remove(partition);
        time.discard(partition);
        ends.revoked(partition);
    }

    TaskState task(int partition) {
        return tasks.get(partition);
    }
}
