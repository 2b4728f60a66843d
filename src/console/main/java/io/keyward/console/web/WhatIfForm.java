package io.keyward.console.web;

import io.keyward.console.whatif.Window;
import io.keyward.ops.http.EndpointRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The input of the page "What if".
///
/// @param question the guided question that is open; empty for event lines
/// @param values the values of its fields, by parameter
/// @param lines the event lines; empty if there is no question yet
/// @param after the cursor of the previous page of environments; empty for the first page
record WhatIfForm(Optional<GuidedQuestion> question, Map<String, String> values, String lines, String after) {
    /// A guided question. Once all required fields are filled in, it becomes an event line.
    static WhatIfForm guided(EndpointRequest request, Instant now) {
        Optional<GuidedQuestion> question = request.parameter("question")
                .flatMap(name -> Arrays.stream(GuidedQuestion.values())
                        .filter(one -> one.parameter().equals(name))
                        .findFirst());
        Map<String, String> values = new TreeMap<>();
        question.ifPresent(chosen -> chosen.fields()
                .forEach(field -> values.put(
                        field.parameter(), request.parameter(field.parameter()).orElse(""))));
        String lines = question.filter(chosen -> chosen.fields().stream()
                        .noneMatch(field -> field.required()
                                && values.get(field.parameter()).isBlank()))
                .map(chosen -> chosen.line(values, now))
                .orElse("");
        return new WhatIfForm(question, values, lines, "");
    }

    static WhatIfForm lines(EndpointRequest request) {
        return new WhatIfForm(
                Optional.empty(),
                Map.of(),
                request.form().getOrDefault("lines", "").strip(),
                request.form().getOrDefault("after", ""));
    }

    String value(GuidedQuestion.Field field) {
        return values.getOrDefault(field.parameter(), "");
    }

    Window window() {
        return Window.after(Optional.of(after).filter(cursor -> !cursor.isEmpty()), Window.MOST);
    }
}
