package io.keyward.topology.read;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.avro.OutputCodec;
import io.keyward.avro.json.AvroJson;
import io.keyward.client.Topic;
import io.keyward.domain.decision.Publication;
import io.keyward.topology.contract.Topics;
import java.time.Instant;
import java.util.Optional;

/// A complete record of an output topic, in the form for people and scripts.
///
/// Values are plain JSON instead of domain types, so that fields of a newer release can be shown.
public sealed interface OutputRecord {
    Topic topic();

    /// The record's timestamp: the time when the broker received the record that caused it.
    Instant timestamp();

    /// The output line (docs/contract.md, "Output lines").
    ObjectNode line();

    /// A decision, a warning or a signal.
    record Published(Topic topic, String key, ObjectNode value, Instant timestamp) implements OutputRecord {
        @Override
        public ObjectNode line() {
            return start(topic).put("key", key).set("value", value);
        }

        /// The text of a member. Empty if the member is missing.
        public String text(String name) {
            return value.path(name).asText("");
        }
    }

    /// A tombstone: the value of this key is deleted.
    record Retracted(Topic topic, String key, Instant timestamp) implements OutputRecord {
        @Override
        public ObjectNode line() {
            return start(topic).put("key", key).putNull("value");
        }
    }

    /// A dead-letter record: why an input record was refused, and where it came from.
    ///
    /// @param key the key as received, empty if there was none
    /// @param source the source of the refused record: a line of a file, or a topic, a partition and an offset
    /// @param deadLetter the other members of the output line
    record Refused(
            Optional<String> key,
            String reason,
            String detail,
            ObjectNode source,
            Instant timestamp,
            ObjectNode deadLetter)
            implements OutputRecord {
        /// A refusal without other members.
        public Refused(Optional<String> key, String reason, String detail, ObjectNode source, Instant timestamp) {
            this(key, reason, detail, source, timestamp, JsonNodeFactory.instance.objectNode());
        }

        /// The text of another member. Empty if the member is missing.
        public String text(String name) {
            return deadLetter.path(name).asText("");
        }

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
            line.setAll(deadLetter);
            return line;
        }
    }

    /// The record of a publication.
    static OutputRecord of(Publication publication, Instant timestamp) {
        Topic topic = Topics.of(publication);
        return OutputCodec.write(publication)
                .<OutputRecord>map(value -> new Published(topic, publication.key(), AvroJson.write(value), timestamp))
                .orElseGet(() -> new Retracted(topic, publication.key(), timestamp));
    }

    private static ObjectNode start(Topic topic) {
        return JsonNodeFactory.instance.objectNode().put("topic", topic.baseName());
    }
}
