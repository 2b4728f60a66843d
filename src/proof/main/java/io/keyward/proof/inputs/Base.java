package io.keyward.proof.inputs;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyward.client.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a base says about itself: a copy of the changelogs, whose rows hold at least the facts of every input
/// below its positions. They may hold more, which does no harm: adding a fact twice changes nothing. Its file
/// `manifest.json` has these fields.
///
/// @param format the version of the form
/// @param partitions how many it has of each topic
/// @param positions where the logs of each partition ended, in their order
/// @param madeAt when it was made
/// @param rules the rules and the profile that the application decided by
/// @param productVersion the release that made it
/// @param files the SHA-256 of each file, in hex, by its name
public record Base(
        int format,
        String applicationId,
        int partitions,
        List<LogEnds> positions,
        String madeAt,
        String rules,
        String productVersion,
        Map<String, String> files) {
    /// The version that this release writes, and the only one that it reads.
    public static final int FORMAT = 1;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /// Where the logs of a partition ended.
    ///
    /// @param position of the inputs, as text
    /// @param reroutedEnd of the topic `rerouted`
    /// @param changelogEnds up to where the changelogs were read, by store
    public record LogEnds(String position, long reroutedEnd, Map<String, Long> changelogEnds) {}

    /// The position of a partition.
    Position position(int partition) {
        return Position.parse(positions.get(partition).position()).orElseThrow();
    }

    /// Whether it may hold facts that are newer than a record of that time.
    boolean isNewerThan(long timestamp) {
        return timestamp <= Instant.parse(madeAt).toEpochMilli();
    }

    /// The file with the rows of a partition.
    static String file(int partition) {
        return "partition-" + partition + ".rows.gz";
    }

    byte[] manifest() throws IOException {
        return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Reads what [#manifest] gave.
    ///
    /// @throws IOException if it is not such a file, or of a format that this release does not know
    static Base read(byte[] manifest) throws IOException {
        JsonNode read = JSON.readTree(manifest);
        if (read.path("format").asInt() != FORMAT) {
            throw new IOException("it has the format %s; this release reads %d".formatted(read.path("format"), FORMAT));
        }
        Base base = JSON.treeToValue(read, Base.class);
        for (int partition = 0; partition < base.partitions(); partition++) {
            String position = base.positions().get(partition).position();
            if (Position.parse(position).map(Position::partition).orElse(-1) != partition) {
                throw new IOException("its position '%s' is not one that this release understands".formatted(position));
            }
        }
        return base;
    }
}
