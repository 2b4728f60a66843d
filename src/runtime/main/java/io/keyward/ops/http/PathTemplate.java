package io.keyward.ops.http;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The path of an endpoint, with variables in braces.
public record PathTemplate(List<String> segments) {
    /// Fixed segments sort before variables, so the first match is the most specific one.
    static final Comparator<PathTemplate> EXACT_FIRST = Comparator.comparing(PathTemplate::shape);

    public static PathTemplate of(String path) {
        return new PathTemplate(RawPath.split(path));
    }

    /// The values of the variables; empty if the path does not match.
    ///
    /// @param raw the segments of the path, as sent
    /// @param decoded the decoded segments, from which values are taken
    public Optional<Map<String, String>> match(List<String> raw, List<String> decoded) {
        Map<String, String> variables = new HashMap<>();
        if (raw.size() != segments.size()) {
            return Optional.empty();
        }
        for (int at = 0; at < segments.size(); at++) {
            String segment = segments.get(at);
            if (isVariable(segment) ? raw.get(at).isEmpty() : !segment.equals(raw.get(at))) {
                return Optional.empty();
            }
            if (isVariable(segment)) {
                variables.put(segment.substring(1, segment.length() - 1), decoded.get(at));
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
}
