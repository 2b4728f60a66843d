package io.keyward.topology;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.TopologyDescription;

/// Renders the topology as a flow chart in Mermaid.
public final class TopologyPicture {
    private TopologyPicture() {}

    /// A Mermaid flow chart: topics as cylinders, processors as boxes, stores as databases beside them.
    public static String mermaid(TopologyDescription description) {
        return description.subtopologies().stream()
                .flatMap(sub -> sub.nodes().stream())
                .flatMap(TopologyPicture::lines)
                .distinct()
                .sorted()
                .collect(Collectors.joining("\n", "flowchart LR\n", "\n"));
    }

    private static Stream<String> lines(TopologyDescription.Node node) {
        String self = box(node.name());
        Stream<String> lines = switch (node) {
            case TopologyDescription.Source source ->
                source.topicSet().stream()
                        .flatMap(topic ->
                                source.successors().stream().map(next -> topic(topic) + " --> " + box(next.name())));
            case TopologyDescription.Sink sink ->
                sink.predecessors().stream().map(before -> box(before.name()) + " --> " + topic(sink.topic()));
            case TopologyDescription.Processor processor ->
                Stream.concat(
                        processor.successors().stream()
                                .filter(TopologyDescription.Processor.class::isInstance)
                                .map(next -> self + " --> " + box(next.name())),
                        processor.stores().stream().map(store -> self + " --- " + store(store)));
            default -> throw new IllegalArgumentException("unknown kind of node: " + node);
        };
        return lines.map(line -> "    " + line);
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
