package io.keyward.bench.measure;

import io.keyward.bench.subject.WriteProfile;
import io.keyward.bench.workload.Shape;
import io.keyward.bench.workload.Workload;
import io.keyward.topology.TopicNames;
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
    private final Terms terms;
    private final Profiler profiler;
    private int environments;
    private Optional<WriteProfile> profile = Optional.empty();

    private Race(Stage stage, Shape shape, Terms terms) {
        this.stage = stage;
        this.shape = shape;
        this.terms = terms;
        profiler = new Profiler(stage.ground());
    }

    /// What all subjects are given.
    ///
    /// @param heap how many MiB the heap of a subject may take
    /// @param peerLimit how long a peer may work before it is stopped and rated by what it has done
    public record Terms(int heap, Duration peerLimit) {}

    /// Publishes the backlog.
    ///
    /// @param folder for logs and for the state of the subjects; topics are named after it
    public static Race prepare(Ground ground, ClassPaths classPaths, Path folder, Shape shape, Terms terms) {
        TopicNames names = new TopicNames(folder.getFileName() + ".");
        Race race = new Race(new Stage(ground, new Launcher(classPaths, folder, terms.heap()), names), shape, terms);
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
            Course course = follow(contender, subject);
            long resident = contender.probe().peakResidentBytes();
            long live = contender.probe().liveHeapBytes();
            contender.terminate();
            Footprint footprint = new Footprint(resident, live, stage.stateSize());
            double records = recordsPerEvent(subject, course);
            return checked(new Result(entrant, round, course, records, footprint, outcome(subject, course)));
        }
    }

    private Course follow(Contender contender, Subject subject) {
        long events = (long) shape.events() * subject.passes();
        Course course =
                subject.isPeer() ? contender.follow(events, terms.peerLimit()) : contender.followToTheEnd(events);
        if (course.whole()) {
            settle();
        }
        return course;
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

    private double recordsPerEvent(Subject subject, Course course) {
        Set<String> topics = stage.written();
        if (subject.isProduct() && profile.isEmpty()) {
            profile = Optional.of(profiler.profile(topics, shape.events()));
        }
        return topics.stream().mapToLong(profiler::written).sum() / (double) course.events();
    }

    private Optional<Outcome> outcome(Subject subject, Course course) {
        if (!subject.decides() || !course.whole()) {
            return Optional.empty();
        }
        try (OutcomeReader reader = new OutcomeReader(stage.ground(), stage.names())) {
            return Optional.of(reader.read());
        }
    }

    /// Of one that was stopped nothing can be expected.
    private Result checked(Result result) {
        if (!result.course().whole()) {
            return result;
        }
        List<String> faults = new Verification(environments, shape.events(), profile).faults(result);
        if (!faults.isEmpty()) {
            throw new BenchException("%s has not done all of its work: %s"
                    .formatted(result.subject().label(), String.join("; ", faults)));
        }
        return result;
    }
}
