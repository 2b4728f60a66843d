package io.keyward.cli.simulate;

import io.keyward.app.run.Instance;
import io.keyward.avro.EventWriter;
import io.keyward.avro.GeneratedClasses;
import io.keyward.avro.PublicationReader;
import io.keyward.avro.json.AvroJson;
import io.keyward.cli.simulate.Simulation.SimulatedOutput;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.testing.Cluster;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.Topics;
import io.keyward.topology.read.OutputRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The last decisions and the open warnings, by the keys of their records: what `simulate --until` says of events, and
/// what a processor has published.
public final class StandingState {
    private StandingState() {}

    /// The part of a decision that does not depend on the order of arrival.
    private record Decided(Decision decision, List<String> openWarnings, List<String> suppressedSinks) {}

    /// What stands after the events, and after all deadlines up to `until`.
    public static Map<String, Object> simulated(
            KeywardConfig config, Collection<? extends Event> events, Instant until) {
        Map<String, Publication> last = new HashMap<>();
        Simulation simulation = new Simulation(
                config.topics().names(),
                Instance.profile(config.rules()),
                config.rules().bounds(),
                InstantSource.system());
        events.forEach(event -> keep(simulation.decide(line(event)), last));
        Optional<List<SimulatedOutput>> due = simulation.nextDue(until);
        while (due.isPresent()) {
            keep(due.get(), last);
            due = simulation.nextDue(until);
        }
        return standing(last.values().stream());
    }

    /// What stands in the topics.
    public static Map<String, Object> published(Cluster cluster, TopicNames names) {
        return standing(
                Stream.of(names.decisions(), names.warnings()).flatMap(topic -> cluster.standing(topic).stream()));
    }

    private static EventLine line(Event event) {
        return new EventLine(
                Topics.of(event),
                Optional.of(event.tenantId().value()),
                Optional.of(EventWriter.write(event, "")),
                Optional.empty());
    }

    private static void keep(List<SimulatedOutput> outputs, Map<String, Publication> last) {
        for (SimulatedOutput simulated : outputs) {
            switch (simulated.output()) {
                case OutputRecord.Published p -> last.put(p.topic() + " " + p.key(), publication(p));
                case OutputRecord.Retracted r -> last.remove(r.topic() + " " + r.key());
                case OutputRecord.Refused r -> throw new AssertionError(r.line());
            }
        }
    }

    private static Publication publication(OutputRecord.Published published) {
        return PublicationReader.read(AvroJson.read(
                published.value(),
                published
                        .topic()
                        .valueSchema()
                        .flatMap(GeneratedClasses::record)
                        .orElseThrow()));
    }

    private static Map<String, Object> standing(Stream<Publication> publications) {
        Map<String, Object> standing = new TreeMap<>();
        publications.forEach(publication -> {
            switch (publication) {
                case Publication.OfDecision d ->
                    standing.put(d.key(), new Decided(d.decision(), d.openWarnings(), d.suppressedSinks()));
                case Publication.OfWarning w when w.clearedAt().isEmpty() -> standing.put(w.key(), "open");
                default -> {
                    // a cleared warning, or a signal, which follows from its decision
                }
            }
        });
        return standing;
    }
}
