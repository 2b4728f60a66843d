package io.keyward.chaos;

import io.keyward.chaos.fault.ChaosFault;
import io.keyward.chaos.fault.Faults;
import io.keyward.chaos.fault.IdleFaults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Which experiments to run: `-Dchaos.rounds=N`, `-Dchaos.seed=N`, and `-Dchaos.faults=` with parts of their names,
/// separated by commas.
///
/// @param rounds how often each fault is run, each time under another variant
/// @param seed from which the seeds of all experiments are drawn
/// @param faults parts of names; empty for all
record ExperimentSelection(int rounds, long seed, List<String> faults) {
    static ExperimentSelection ofSystemProperties() {
        return new ExperimentSelection(
                Integer.getInteger("chaos.rounds", 1),
                Long.getLong("chaos.seed", new Random().nextInt(1_000_000)),
                Arrays.stream(System.getProperty("chaos.faults", "").split(","))
                        .map(String::trim)
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    /// The experiments in the order of the rounds; which variants a first round takes depends on the seed. Faults that
    /// last for minutes must be named.
    List<Experiment> experiments() {
        List<ChaosFault> all = new ArrayList<>(Faults.all());
        if (!faults.isEmpty()) {
            all.addAll(IdleFaults.afterLongOutages());
        }
        Random seeds = new Random(seed);
        List<Experiment> experiments = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (int n = 0; n < all.size(); n++) {
                ChaosFault fault = all.get(n);
                long own = seeds.nextLong();
                if (chosen(fault)) {
                    experiments.add(new Experiment(
                            "chaos-%d-%d".formatted(round + 1, n + 1),
                            fault,
                            StreamsVariant.of(seed + round + n),
                            Optional.empty(),
                            own));
                }
            }
        }
        return experiments;
    }

    private boolean chosen(ChaosFault fault) {
        return faults.isEmpty() || faults.stream().anyMatch(fault.name()::contains);
    }
}
