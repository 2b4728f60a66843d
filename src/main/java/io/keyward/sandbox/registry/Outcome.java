package io.keyward.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/// The outcome of a request: the reply, and the changes to make before it is sent.
record Outcome(JsonNode reply, List<? extends Change> changes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Outcome reply(Object reply) {
        return new Outcome(JSON.valueToTree(reply), List.of());
    }

    static Outcome change(Object reply, List<? extends Change> changes) {
        return new Outcome(JSON.valueToTree(reply), changes);
    }
}
