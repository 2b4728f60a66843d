package io.keyward.chaos.guarantee;

import io.keyward.chaos.cluster.Outputs;
import io.keyward.chaos.load.Input;
import io.keyward.chaos.load.SentInputs;
import io.keyward.client.Coordinates;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Some events, each of which causes a decision, and the outputs of the topology for them, in which a test can
/// plant errors.
record SampleRun(SentInputs history, Outputs outputs) {
    private static final TopicNames NAMES = new TopicNames("cmk.");

    static SampleRun of(Event... events) {
        SentInputs history = new SentInputs();
        Map<Topic, Integer> offsets = new EnumMap<>(Topic.class);
        Map<Topic, List<Outputs.Output>> outputs = new EnumMap<>(Topic.class);
        try (TopologyHarness topology = TopologyHarness.start()) {
            for (Event event : events) {
                Topic topic = Topics.of(event);
                int offset = offsets.merge(topic, 1, Integer::sum) - 1;
                history.add(new Coordinates(NAMES.name(topic), 0, offset), input(topic, new Input.Decides(event)));
                add(topology.when(event), outputs);
            }
            letTimePass(topology, outputs);
        }
        return new SampleRun(
                history,
                new Outputs(
                        outputs.getOrDefault(Topic.ENCRYPTION_DECISIONS, List.of()),
                        outputs.getOrDefault(Topic.WARNINGS, List.of()),
                        outputs.getOrDefault(Topic.ANALYTICS_SUPPRESSIONS, List.of()),
                        List.of()));
    }

    /// All deadlines that have passed are decided.
    private static void letTimePass(TopologyHarness topology, Map<Topic, List<Outputs.Output>> outputs) {
        topology.letTimePass(Instant.now());
        add(topology.published(), outputs);
    }

    private static void add(List<Publication> published, Map<Topic, List<Outputs.Output>> outputs) {
        published.forEach(publication -> outputs.computeIfAbsent(Topics.of(publication), _ -> new ArrayList<>())
                .add(output(publication)));
    }

    static Input input(Topic topic, Input.Expectation expectation) {
        return new Input(topic, Optional.empty(), Optional.empty(), Optional.of(new byte[] {1}), expectation);
    }

    /// The same with other decisions.
    SampleRun decisions(List<Outputs.Output> decisions) {
        return new SampleRun(
                history, new Outputs(decisions, outputs.warnings(), outputs.signals(), outputs.deadLetters()));
    }

    /// The same with other warnings.
    SampleRun warnings(List<Outputs.Output> warnings) {
        return new SampleRun(
                history, new Outputs(outputs.decisions(), warnings, outputs.signals(), outputs.deadLetters()));
    }

    /// The same with other signals.
    SampleRun signals(List<Outputs.Output> signals) {
        return new SampleRun(
                history, new Outputs(outputs.decisions(), outputs.warnings(), signals, outputs.deadLetters()));
    }

    static <T> List<T> without(int number, List<T> all) {
        List<T> rest = new ArrayList<>(all);
        rest.remove(number);
        return rest;
    }

    static <T> List<T> twice(int number, List<T> all) {
        List<T> more = new ArrayList<>(all);
        more.add(number, all.get(number));
        return more;
    }

    private static Outputs.Output output(Publication publication) {
        Optional<Publication> value =
                publication instanceof Publication.Retraction ? Optional.empty() : Optional.of(publication);
        return new Outputs.Output(0, publication.key(), value);
    }
}
