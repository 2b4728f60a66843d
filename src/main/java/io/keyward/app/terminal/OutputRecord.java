package io.keyward.app.terminal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.topology.contract.Topic;
import java.time.Instant;
import java.util.Optional;

/// A record of an output topic, whole, in the form that people and scripts read.
///
/// Values are plain JSON and not the domain's types, so that what only a newer release knows can still be shown.
public sealed interface OutputRecord {
    /// The topic it was written to.
    Topic topic();

    /// The record's time: when the broker took in what caused it.
    Instant timestamp();

    /// The output line (docs/contract.md, "Output lines").
    ObjectNode line();

    /// A decision, a warning or a signal.
    record Published(Topic topic, String key, ObjectNode value, Instant timestamp) implements OutputRecord {
        @Override
        public ObjectNode line() {
            ObjectNode line = start(topic);
            line.put("key", key);
            line.set("value", value);
            return line;
        }

        /// The text of a member; empty when it has none.
        String text(String name) {
            return value.path(name).asText("");
        }
    }

    /// A tombstone: what stood under the key is taken back.
    record Retracted(Topic topic, String key, Instant timestamp) implements OutputRecord {
        @Override
        public ObjectNode line() {
            ObjectNode line = start(topic);
            line.put("key", key);
            line.putNull("value");
            return line;
        }
    }

    /// A dead letter: why an input record was refused, and where it came from.
    ///
    /// @param key the key as received, empty if there was none
    /// @param source where the refused record lies: a line of a file, or a partition and an offset
    record Refused(Optional<String> key, String reason, String detail, ObjectNode source, Instant timestamp)
            implements OutputRecord {
        @Override
        public Topic topic() {
            return Topic.DEAD_LETTERS;
        }

        @Override
        public ObjectNode line() {
            ObjectNode line = start(topic());
            line.put("key", key.orElse(null));
            line.put("reason", reason);
            line.put("detail", detail);
            line.set("source", source);
            return line;
        }
    }

    private static ObjectNode start(Topic topic) {
        return JsonNodeFactory.instance.objectNode().put("topic", topic.baseName());
    }
}
