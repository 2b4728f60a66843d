package io.keyward.avro.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;

/// A JSON object in one line of a file.
///
/// @param name the name of such a line, for messages
/// @param members the allowed member names
/// @param example an example of such a line, for messages
public record JsonLine(String name, List<String> members, String example) {
    /// The parser's note about the start of the unfinished part. Its location is useless, because the parser does
    /// not know the file.
    private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at .*\\)$");

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    /// Parses a line.
    ///
    /// @throws JsonRefusedException if it is not one JSON object with these members; the message says why
    public ObjectNode parse(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            if (!(json instanceof ObjectNode object)) {
                throw JsonRefusedException.unexpected(name, example, json);
            }
            object.fieldNames().forEachRemaining(this::requireKnown);
            return object;
        } catch (JsonProcessingException e) {
            throw new JsonRefusedException(
                    name + ": not valid JSON" + column(e) + ": "
                            + START_MARKER.matcher(e.getOriginalMessage()).replaceFirst(""),
                    e);
        }
    }

    /// The member with this name.
    ///
    /// @throws JsonRefusedException if it is missing
    public JsonNode required(ObjectNode line, String member) {
        if (!line.has(member)) {
            throw new JsonRefusedException(member + ": is missing; expected " + example);
        }
        return line.get(member);
    }

    private void requireKnown(String member) {
        if (!members.contains(member)) {
            throw new JsonRefusedException(
                    "%s: is not a member of the %s%s".formatted(member, name, NearestName.hint(member, members)));
        }
    }

    private static String column(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
    }
}
