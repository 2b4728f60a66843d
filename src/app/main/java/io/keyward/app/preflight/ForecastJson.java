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
import java.util.List;

/// Writes a forecast as one JSON document, complete, flow by flow. `docs/contract.md` describes its fields.
public final class ForecastJson {
    private ForecastJson() {}

    /// Writes the document and a line feed. Leaves the stream open.
    ///
    /// @throws UncheckedIOException if it cannot be written
    public static void write(Forecast forecast, OutputStream out) {
        try (JsonGenerator json = new JsonMapper()
                .createGenerator(out)
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
        forecast.limit()
                .ifPresent(position -> document.putObject("limit")
                        .put("limit", position.limit())
                        .put("used", position.used())
                        .put("getsSlot", position.hasSlot()));
        ArrayNode obstacles = document.putArray("obstacles");
        forecast.obstacles().forEach((obstacle, flows) -> {
            Advice.WayRound advice = Advice.on(obstacle);
            obstacles
                    .addObject()
                    .put("obstacle", obstacle.name())
                    .put("flows", flows)
                    .put("why", advice.why())
                    .put("wayRound", advice.wayRound());
        });
        ArrayNode flows = document.putArray("flows");
        for (int flow = 0; flow < forecast.flows().size(); flow++) {
            describe(forecast.flows().get(flow), forecast.outcomes().get(flow), flows.addObject());
        }
        ArrayNode unknownFlows = document.putArray("unknownFlows");
        forecast.unknownFlows()
                .forEach((id, callers) -> texts(unknownFlows.addObject().put("flowId", id), "calledBy", callers));
        ArrayNode triggers = document.putArray("otherTriggers");
        forecast.otherTriggers()
                .forEach(trigger ->
                        triggers.addObject().put("trigger", trigger.name()).put("flows", trigger.flows()));
        ArrayNode effects = document.putArray("effects");
        for (Advice.Effect effect : Advice.ALL.effects()) {
            ObjectNode described = effects.addObject().put("effect", effect.effect());
            if (!effect.rule().isEmpty()) {
                described.put("rule", effect.rule());
            }
            described.put("text", effect.text());
        }
        return document;
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
                texts(why, "chain", chain.flows());
                why.put("calls", chain.calls());
            });
        }
    }

    private static void texts(ObjectNode node, String name, List<String> texts) {
        ArrayNode array = node.putArray(name);
        texts.forEach(array::add);
    }
}
