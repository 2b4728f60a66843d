package io.keyward.topology;

import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// How far the tasks of an instance are, and what they must know of its consumers and inputs to say it (R33). Safe for
/// many threads.
public final class TaskProgress {
    private final PolledOffsets polled = new PolledOffsets();
    private final InputEnds ends = new InputEnds();
    private final ParkedPartitions parked = new ParkedPartitions();
    private final BrokerTime time;
    private final Map<Integer, TaskState> tasks = new ConcurrentHashMap<>();

    /// For an instance with the clock of this machine.
    public TaskProgress() {
        this(InstantSource.system());
    }

    public TaskProgress(InstantSource clock) {
        time = new BrokerTime(clock, System::nanoTime);
    }

    /// How far the consumers have polled.
    public PolledOffsets polled() {
        return polled;
    }

    /// Where the inputs ended.
    public InputEnds ends() {
        return ends;
    }

    /// The partitions that are parked, also those whose tasks are other instances' now.
    public ParkedPartitions parked() {
        return parked;
    }

    /// What is wrong with the state of each parked partition that has a task here.
    public SortedMap<Integer, String> faults() {
        SortedMap<Integer, String> faults = new TreeMap<>();
        tasks.keySet().forEach(partition -> parked.fault(partition).ifPresent(fault -> faults.put(partition, fault)));
        return faults;
    }

    /// The time in which the instance says up to when it has decided.
    public BrokerTime time() {
        return time;
    }

    /// A task of that partition begins to work.
    void begins(int partition, TaskState task) {
        tasks.put(partition, task);
        time.forget(partition);
        ends.assigned(partition);
    }

    void ends(int partition) {
        tasks.remove(partition);
        time.forget(partition);
        ends.left(partition);
    }

    /// The task that works on that partition.
    TaskState task(int partition) {
        return tasks.get(partition);
    }
}
