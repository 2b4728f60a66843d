package io.keyward.app.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.avro.json.JsonLine;
import io.keyward.avro.json.JsonRefusedException;
import io.keyward.domain.CloudFlow;
import java.util.ArrayList;
import java.util.List;

/// A line of an inventory: a flow as its administrators know it.
///
/// @param displayName empty if the line has none
/// @param trigger as written
public record InventoryFlow(CloudFlow flow, String displayName, String trigger) {
    private static final JsonLine LINE = new JsonLine(
            "flow line",
            List.of("flowId", "displayName", "trigger", "inSolution", "actions", "calls"),
            "{\"flowId\": …, \"trigger\": …, \"inSolution\": …, \"actions\": […], \"calls\": […]}");

    /// Parses a line.
    ///
    /// @throws JsonRefusedException if the line is no flow; the message says why
    public static InventoryFlow parse(String line) {
        ObjectNode json = LINE.parse(line);
        String id = text("flowId", LINE.required(json, "flowId"), "the id of the flow");
        String trigger = text("trigger", LINE.required(json, "trigger"), "the name of its trigger, such as Recurrence");
        CloudFlow flow = new CloudFlow(
                id,
                FlowWords.trigger(trigger),
                bool("inSolution", LINE.required(json, "inSolution")),
                texts(json, "actions", "the name of an action").stream().anyMatch(FlowWords::isListFlowsAsAdmin),
                texts(json, "calls", "the flowId of a flow that it calls"));
        return new InventoryFlow(flow, displayName(json.path("displayName")), trigger);
    }

    private static String displayName(JsonNode json) {
        if (!json.isTextual() && !json.isMissingNode() && !json.isNull()) {
            throw JsonRefusedException.unexpected("displayName", "a text, or nothing", json);
        }
        return json.isTextual() ? json.textValue().strip() : "";
    }

    private static boolean bool(String member, JsonNode json) {
        if (!json.isBoolean()) {
            throw JsonRefusedException.unexpected(member, "true or false", json);
        }
        return json.booleanValue();
    }

    private static List<String> texts(ObjectNode line, String member, String meaning) {
        JsonNode json = LINE.required(line, member);
        if (!json.isArray()) {
            throw JsonRefusedException.unexpected(member, "an array, [] if there is none", json);
        }
        List<String> texts = new ArrayList<>(json.size());
        for (JsonNode element : json) {
            texts.add(text(member + "[" + texts.size() + "]", element, meaning));
        }
        return texts;
    }

    private static String text(String where, JsonNode json, String meaning) {
        if (!json.isTextual() || json.textValue().isBlank()) {
            throw JsonRefusedException.unexpected(where, "a text that is not blank, " + meaning, json);
        }
        return json.textValue().strip();
    }
}
