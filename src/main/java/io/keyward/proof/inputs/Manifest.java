package io.keyward.proof.inputs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.topology.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The file `manifest.json` of a base.
final class Manifest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Manifest() {}

    static byte[] write(Base base) {
        ObjectNode all = JSON.createObjectNode();
        all.put("format", base.format());
        all.put("applicationId", base.applicationId());
        all.put("partitions", base.partitions());
        ArrayNode partitions = all.putArray("positions");
        for (int partition = 0; partition < base.partitions(); partition++) {
            ObjectNode one = partitions.addObject();
            one.put("position", base.positions().get(partition).toString());
            one.put("reroutedEnd", base.reroutedEnds().get(partition));
            ObjectNode ends = one.putObject("changelogEnds");
            new TreeMap<>(base.changelogEnds().get(partition)).forEach(ends::put);
        }
        all.put("madeAt", base.madeAt().toString());
        all.put("rules", base.rules());
        all.put("productVersion", base.productVersion());
        ObjectNode files = all.putObject("files");
        new TreeMap<>(base.files()).forEach(files::put);
        try {
            return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws IOException if it is not such a file, or of a format that this release does not know
    static Base read(byte[] manifest) throws IOException {
        JsonNode all = JSON.readTree(manifest);
        if (all.path("format").asInt() != Base.FORMAT) {
            throw new IOException(
                    "it has the format %s; this release reads %d".formatted(all.path("format"), Base.FORMAT));
        }
        List<Position> positions = new ArrayList<>();
        List<Long> reroutedEnds = new ArrayList<>();
        List<Map<String, Long>> changelogEnds = new ArrayList<>();
        for (JsonNode one : all.path("positions")) {
            String position = one.path("position").asText();
            positions.add(Position.parse(position)
                    .filter(parsed -> parsed.partition() == positions.size())
                    .orElseThrow(() -> new IOException(
                            "its position '%s' is not one that this release understands".formatted(position))));
            reroutedEnds.add(one.path("reroutedEnd").asLong());
            Map<String, Long> ends = new HashMap<>();
            one.path("changelogEnds")
                    .properties()
                    .forEach(end -> ends.put(end.getKey(), end.getValue().asLong()));
            changelogEnds.add(ends);
        }
        Map<String, String> files = new HashMap<>();
        all.path("files")
                .properties()
                .forEach(file -> files.put(file.getKey(), file.getValue().asText()));
        return new Base(
                Base.FORMAT,
                all.path("applicationId").asText(),
                positions,
                reroutedEnds,
                changelogEnds,
                Instant.parse(all.path("madeAt").asText()),
                all.path("rules").asText(),
                all.path("productVersion").asText(),
                files);
    }
}
