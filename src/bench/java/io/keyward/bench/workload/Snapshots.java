package io.keyward.bench.workload;

import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.HostedMachineGroup;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The snapshots of environments. The same environment and edition give the same snapshot.
final class Snapshots {
    private static final int DAYS = 400;

    private final long seed;
    private final WorkloadIds names;

    Snapshots(long seed, WorkloadIds names) {
        this.seed = seed;
        this.names = names;
    }

    /// @param edition the number of relevant changes so far
    Snapshot of(int environment, int edition, Lifecycle lifecycle) {
        long content = seed ^ ((long) environment << 20) ^ edition;
        return new Snapshot(
                type(environment),
                SeededNumbers.of(seed, environment, 100) < 97,
                lifecycle,
                flows(content, 1, 12),
                flows(content, 2, 3),
                SeededNumbers.of(content, 3, 3),
                groups(environment, content),
                SeededNumbers.of(content, 4, 10) == 0 ? 2 : 0,
                Optional.empty(),
                Optional.empty());
    }

    private EnvironmentType type(int environment) {
        int percent = SeededNumbers.of(seed + 1, environment, 100);
        if (percent < 70) {
            return EnvironmentType.PRODUCTION;
        }
        return percent < 85
                ? EnvironmentType.SANDBOX
                : percent < 96 ? EnvironmentType.DEVELOPER : EnvironmentType.TRIAL;
    }

    private static FlowInventory flows(long content, int kind, int most) {
        int count = SeededNumbers.of(content, kind, most);
        if (count == 0) {
            return FlowInventory.EMPTY;
        }
        Instant oldest = day(content, kind + 10);
        return new FlowInventory(
                count,
                Optional.of(oldest),
                Optional.of(oldest.plus(Duration.ofDays(SeededNumbers.of(content, kind + 20, DAYS)))));
    }

    private List<HostedMachineGroup> groups(int environment, long content) {
        int count = SeededNumbers.of(content, 5, 10) < 8 ? 0 : 1 + SeededNumbers.of(content, 6, 2);
        List<HostedMachineGroup> groups = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            groups.add(new HostedMachineGroup(names.group(environment, number), day(content, number + 30)));
        }
        return groups;
    }

    /// A day before or during the workload.
    private static Instant day(long content, int kind) {
        return WorkloadSize.START
                .minus(Duration.ofDays(200))
                .plus(Duration.ofDays(SeededNumbers.of(content, kind, DAYS)));
    }
}
