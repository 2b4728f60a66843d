package io.keyward.topology;

import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.TopologyDescription;

/// Renders the topology for people: as Kafka's own text, and as a flow chart in Mermaid.
public final class TopologyPicture {
    private TopologyPicture() {}

    /// A Mermaid flow chart: topics as cylinders, processors as boxes, stores as databases beside them.
    public static String mermaid(TopologyDescription description) {
        Set<String> lines = new TreeSet<>();
        description.subtopologies().stream()
                .flatMap(sub -> sub.nodes().stream())
                .sorted(Comparator.comparing(TopologyDescription.Node::name))
                .forEach(node -> lines.addAll(lines(node)));
        return lines.stream().collect(Collectors.joining("\n", "flowchart LR\n", "\n"));
    }

    private static Set<String> lines(TopologyDescription.Node node) {
        Set<String> lines = new TreeSet<>();
        switch (node) {
            case TopologyDescription.Source source ->
                source.topicSet()
                        .forEach(topic -> source.successors()
                                .forEach(next -> lines.add("    " + topic(topic) + " --> " + box(next.name()))));
            case TopologyDescription.Sink sink ->
                sink.predecessors()
                        .forEach(before -> lines.add("    " + box(before.name()) + " --> " + topic(sink.topic())));
            case TopologyDescription.Processor processor -> {
                processor.successors().stream()
                        .filter(TopologyDescription.Processor.class::isInstance)
                        .forEach(next -> lines.add("    " + box(processor.name()) + " --> " + box(next.name())));
                processor.stores().forEach(store -> lines.add("    " + box(processor.name()) + " --- " + store(store)));
            }
            default -> throw new IllegalArgumentException("a node of no known kind: " + node);
        }
        return lines;
    }

    private static String box(String name) {
        return id(name) + "[" + name + "]";
    }

    private static String topic(String name) {
        return id("topic-" + name) + "([" + name + "])";
    }

    private static String store(String name) {
        return id("store-" + name) + "[(" + name + ")]";
    }

    private static String id(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_");
    }
}
