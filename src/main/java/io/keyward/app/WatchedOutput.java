package io.keyward.app;

import io.keyward.topology.Topic;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The outputs that `watch` can follow, by the names that are typed.
enum WatchedOutput {
    DECISIONS("decisions", Topic.ENCRYPTION_DECISIONS),
    WARNINGS("warnings", Topic.WARNINGS),
    SUPPRESSIONS("suppressions", Topic.ANALYTICS_SUPPRESSIONS),
    DEAD_LETTERS("dead-letters", Topic.DEAD_LETTERS);

    private final String typed;
    private final Topic topic;

    WatchedOutput(String typed, Topic topic) {
        this.typed = typed;
        this.topic = topic;
    }

    Topic topic() {
        return topic;
    }

    /// The output that a word names.
    static final class Converter implements ITypeConverter<WatchedOutput> {
        @Override
        public WatchedOutput convert(String word) {
            return Arrays.stream(values())
                    .filter(output -> output.typed.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("there is no output %s; accepted is one of %s"
                            .formatted(
                                    word,
                                    Arrays.stream(values())
                                            .map(WatchedOutput::toString)
                                            .collect(Collectors.joining(", ")))));
        }
    }

    @Override
    public String toString() {
        return typed;
    }
}
