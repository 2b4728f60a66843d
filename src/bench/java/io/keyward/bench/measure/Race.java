package io.keyward.bench.measure;

import io.keyward.bench.subject.WriteProfile;
import io.keyward.bench.workload.Shape;
import io.keyward.bench.workload.Workload;
import io.keyward.testing.process.Patience;
import io.keyward.topology.contract.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.IsolationLevel;

/// Lets one subject after the other work off the same backlog, and measures the second half of it.
public final class Race {
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(30);

    private final Stage stage;
    private final Shape shape;
    private final Profiler profiler;
    private int environments;
    private Optional<WriteProfile> profile = Optional.empty();

    private Race(Stage stage, Shape shape) {
        this.stage = stage;
        this.shape = shape;
        profiler = new Profiler(stage.ground());
    }

    /// Publishes the backlog.
    ///
    /// @param folder for logs and for the state of the subjects; topics are named after it
    /// @param heap how many MiB the heap of a subject may take
    public static Race prepare(Ground ground, ClassPaths classPaths, Path folder, Shape shape, int heap) {
        TopicNames names = new TopicNames(folder.getFileName() + ".");
        Race race = new Race(new Stage(ground, new Launcher(classPaths, folder, heap), names), shape);
        race.publish();
        return race;
    }

    private void publish() {
        stage.open();
        Workload workload = new Workload(shape);
        try (Publisher publisher = new Publisher(stage.ground(), stage.names(), Duration.ofMillis(20))) {
            publisher.publish(workload);
        }
        environments = workload.environmentsToDecide();
    }

    /// Measures one subject.
    ///
    /// @throws BenchException if the subject fails, or has not done all of its work
    public Result run(Entrant entrant, int round) {
        Subject subject = entrant.subject();
        if (subject == Subject.MATCHED_PASSTHROUGH && profile.isEmpty()) {
            run(Entrant.standard(Subject.KEYWARD_MEMORY), 0); // what is to be matched has to be known first
        }
        try (Contender contender = stage.enter(entrant, stage.groupOf(entrant, round), profile)) {
            Usage usage = contender.follow((long) shape.events() * subject.passes());
            settle();
            long resident = contender.probe().peakResidentBytes();
            long live = contender.probe().liveHeapBytes();
            contender.terminate();
            Footprint footprint = new Footprint(resident, live, stage.stateSize());
            return checked(new Result(entrant, round, usage, recordsPerEvent(subject), footprint, outcome(subject)));
        }
    }

    /// Stops and kills the product on the state that its last run has left.
    public Restart restart(Subject subject, int round) {
        return new Restarts(stage, subject, stage.groupOf(Entrant.standard(subject), round)).measure();
    }

    /// Removes everything from the broker.
    public void end() {
        stage.clear();
        stage.removeInputs();
    }

    private void settle() {
        Set<String> outputs = Set.of(
                stage.names().decisions(),
                stage.names().warnings(),
                stage.names().suppressions());
        Patience.until(
                "no transaction is open",
                SETTLE_LIMIT,
                () -> stage.ground()
                        .ends(outputs, IsolationLevel.READ_COMMITTED)
                        .equals(stage.ground().ends(outputs, IsolationLevel.READ_UNCOMMITTED)));
    }

    private double recordsPerEvent(Subject subject) {
        Set<String> topics = stage.written();
        if (subject.isProduct() && profile.isEmpty()) {
            profile = Optional.of(profiler.profile(topics, shape.events()));
        }
        return topics.stream().mapToLong(profiler::written).sum() / ((double) shape.events() * subject.passes());
    }

    private Optional<Outcome> outcome(Subject subject) {
        if (!subject.decides()) {
            return Optional.empty();
        }
        try (OutcomeReader reader = new OutcomeReader(stage.ground(), stage.names())) {
            return Optional.of(reader.read());
        }
    }

    private Result checked(Result result) {
        List<String> faults = new Verification(environments, shape.events(), profile).faults(result);
        if (!faults.isEmpty()) {
            throw new BenchException("%s has not done all of its work: %s"
                    .formatted(result.subject().label(), String.join("; ", faults)));
        }
        return result;
    }
}
