package io.keyward.app.preflight;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.FlowMigrationCheck.Outcome;
import io.keyward.domain.FlowMigrationCheck.Reason;
import io.keyward.domain.FlowMigrationCheck.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// Writes a forecast as one JSON document, complete, flow by flow. `docs/contract.md` describes its fields.
public final class ForecastJson {
    private static final JsonMapper JSON = new JsonMapper();

    private ForecastJson() {}

    /// Writes the document and a line feed. Leaves the stream open.
    ///
    /// @throws UncheckedIOException if it cannot be written
    public static void write(Forecast forecast, OutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .setPrettyPrinter(new DefaultPrettyPrinter())) {
            json.writeTree(document(forecast));
            json.writeRaw(System.lineSeparator());
        } catch (IOException failure) {
            throw new UncheckedIOException("The output cannot be written: " + failure.getMessage(), failure);
        }
    }

    private static ObjectNode document(Forecast forecast) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("rule", "R3a").put("allWillMigrate", forecast.allWillMigrate());
        document.putObject("counts")
                .put("flows", forecast.flows().size())
                .put("migrates", forecast.count(Verdict.MIGRATES))
                .put("stays", forecast.count(Verdict.STAYS))
                .put("notKnown", forecast.count(Verdict.NOT_KNOWN));
        forecast.limit().ifPresent(position -> document.set("limit", JSON.valueToTree(position)));
        ArrayNode obstacles = document.putArray("obstacles");
        forecast.obstacles().forEach((obstacle, flows) -> {
            ObjectNode advice = JSON.valueToTree(Advice.on(obstacle));
            obstacles
                    .addObject()
                    .put("obstacle", obstacle.name())
                    .put("flows", flows)
                    .setAll(advice);
        });
        ArrayNode flows = document.putArray("flows");
        for (int flow = 0; flow < forecast.flows().size(); flow++) {
            describe(forecast.flows().get(flow), forecast.outcomes().get(flow), flows.addObject());
        }
        ArrayNode unknownFlows = document.putArray("unknownFlows");
        forecast.unknownFlows()
                .forEach((id, callers) ->
                        unknownFlows.addObject().put("flowId", id).set("calledBy", JSON.valueToTree(callers)));
        document.set("otherTriggers", JSON.valueToTree(forecast.otherTriggers()));
        return document.set("effects", JSON.valueToTree(Advice.ALL.effects()));
    }

    private static void describe(InventoryFlow flow, Outcome outcome, ObjectNode described) {
        described.put("flowId", flow.flow().id());
        if (!flow.displayName().isEmpty()) {
            described.put("displayName", flow.displayName());
        }
        ArrayNode reasons = described.put("verdict", outcome.verdict().name()).putArray("reasons");
        for (Reason reason : outcome.reasons()) {
            ObjectNode why =
                    reasons.addObject().put("obstacle", reason.obstacle().name());
            reason.chain().ifPresent(chain -> {
                why.set("chain", JSON.valueToTree(chain.flows()));
                why.put("calls", chain.calls());
            });
        }
    }
}
