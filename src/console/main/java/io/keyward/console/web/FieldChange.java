package io.keyward.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.keyward.client.Topic;
import io.keyward.console.whatif.CodeWords;
import io.keyward.console.whatif.JsonText;
import io.keyward.console.whatif.WhatIfAnswer;
import io.keyward.console.whatif.WhatIfAnswer.Output;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A field of a decision that would change, other than the state.
record FieldChange(String name, String before, String after) {
    private static final String NOTHING = "none";

    /// What all lines together would change in the decision of an environment.
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
                decisions.getFirst().previous().<JsonNode>map(JsonText::tree).orElse(MissingNode.getInstance());
        JsonNode after =
                decisions.getLast().value().<JsonNode>map(JsonText::tree).orElse(MissingNode.getInstance());
        return Stream.of(
                        new FieldChange("Policy status", status(before), status(after)),
                        new FieldChange("Policy", policy(before), policy(after)),
                        new FieldChange("Key", key(before.path("key")), key(after.path("key"))),
                        new FieldChange("To be kept", kept(before), kept(after)))
                .filter(field -> !field.before().equals(field.after()))
                .toList();
    }

    private static String policy(JsonNode decision) {
        return decision.path("policyId").asText(NOTHING);
    }

    private static String status(JsonNode decision) {
        JsonNode status = decision.path("policyStatus");
        return status.isMissingNode() ? NOTHING : CodeWords.of(status.asText());
    }

    private static String key(JsonNode key) {
        String version = key.path("keyVersion").asText("");
        return key.hasNonNull("keyName")
                ? key.path("keyName").asText() + (version.isEmpty() ? "" : ", version " + version)
                : NOTHING;
    }

    private static String kept(JsonNode decision) {
        String keys = StreamSupport.stream(decision.path("retainUntil").spliterator(), false)
                .map(one -> key(one) + " until " + one.path("until").asText().replaceFirst("T.*", ""))
                .collect(Collectors.joining("; "));
        return keys.isEmpty() ? NOTHING : keys;
    }
}
