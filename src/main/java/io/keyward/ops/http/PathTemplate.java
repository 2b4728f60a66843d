package io.keyward.ops.http;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The path of an endpoint, with variables in braces.
record PathTemplate(List<String> segments) {
    /// Fixed segments come before variables, so that the first match is the most exact one.
    static final Comparator<PathTemplate> EXACT_FIRST = Comparator.comparing(PathTemplate::shape);

    static PathTemplate of(String path) {
        return new PathTemplate(RawPath.split(path));
    }

    /// The values of the variables; empty if the path is another one.
    Optional<Map<String, String>> match(RawPath path) {
        Map<String, String> variables = new HashMap<>();
        if (path.raw().size() != segments.size()) {
            return Optional.empty();
        }
        for (int at = 0; at < segments.size(); at++) {
            String raw = path.raw().get(at);
            if (isVariable(segments.get(at)) ? raw.isEmpty() : !segments.get(at).equals(raw)) {
                return Optional.empty();
            }
            if (isVariable(segments.get(at))) {
                variables.put(name(segments.get(at)), path.decoded().get(at));
            }
        }
        return Optional.of(variables);
    }

    private String shape() {
        StringBuilder shape = new StringBuilder();
        segments.forEach(segment -> shape.append(isVariable(segment) ? 'v' : 'f'));
        return shape.toString();
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    private static String name(String variable) {
        return variable.substring(1, variable.length() - 1);
    }
}
