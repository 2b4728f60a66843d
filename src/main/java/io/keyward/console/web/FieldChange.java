package io.keyward.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.keyward.console.answer.WhatIfAnswer;
import io.keyward.console.answer.WhatIfAnswer.Output;
import io.keyward.topology.contract.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// A field of a decision that would be another one, beside the state.
record FieldChange(String name, String before, String after) {
    private static final String NOTHING = "none";

    /// What would change in the decision of an environment, by all lines together.
    static List<FieldChange> of(WhatIfAnswer answer, WhatIfAnswer.Change change) {
        String key = change.tenantId() + "/" + change.environmentId();
        List<Output> decisions = answer.lines().stream()
                .flatMap(line -> line.outputs().stream())
                .filter(output -> output.topic().equals(Topic.ENCRYPTION_DECISIONS.baseName())
                        && output.key().equals(key))
                .toList();
        if (decisions.isEmpty()) {
            return List.of();
        }
        JsonNode before =
                decisions.getFirst().previous().map(JsonNode.class::cast).orElse(MissingNode.getInstance());
        JsonNode after = decisions.getLast().value().map(JsonNode.class::cast).orElse(MissingNode.getInstance());
        List<FieldChange> changes = new ArrayList<>();
        add(changes, "Policy status", before, after, decision -> status(decision.path("policyStatus")));
        add(
                changes,
                "Policy",
                before,
                after,
                decision -> decision.path("policyId").asText(NOTHING));
        add(changes, "Key", before, after, decision -> key(decision.path("key")));
        add(changes, "To be kept", before, after, decision -> kept(decision.path("retainUntil")));
        return changes;
    }

    private static void add(
            List<FieldChange> changes, String name, JsonNode before, JsonNode after, Function<JsonNode, String> words) {
        String then = words.apply(before);
        String now = words.apply(after);
        if (!then.equals(now)) {
            changes.add(new FieldChange(name, then, now));
        }
    }

    private static String status(JsonNode status) {
        return status.isMissingNode() ? NOTHING : Words.ofCode(status.asText());
    }

    private static String key(JsonNode key) {
        String version = key.path("keyVersion").asText("");
        return key.hasNonNull("keyName")
                ? key.path("keyName").asText() + (version.isEmpty() ? "" : ", version " + version)
                : NOTHING;
    }

    private static String kept(JsonNode retained) {
        String keys = StreamSupport.stream(retained.spliterator(), false)
                .map(one -> key(one) + " until " + one.path("until").asText().replaceFirst("T.*", ""))
                .collect(Collectors.joining("; "));
        return keys.isEmpty() ? NOTHING : keys;
    }
}
