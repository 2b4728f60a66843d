package io.keyward.app.preflight;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyward.domain.FlowMigrationCheck.Outcome;
import io.keyward.domain.FlowMigrationCheck.Reason;
import io.keyward.domain.FlowMigrationCheck.Verdict;
import io.keyward.domain.MigrationObstacle;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// Writes a forecast as one JSON document, complete, flow by flow. `docs/contract.md` describes its fields.
public final class ForecastJson {
    private final JsonGenerator json;

    private ForecastJson(JsonGenerator json) {
        this.json = json;
    }

    /// Writes the document and a line feed. Leaves the stream open.
    ///
    /// @throws UncheckedIOException if it cannot be written
    public static void write(Forecast forecast, OutputStream out) {
        try (JsonGenerator json = new JsonMapper()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .setPrettyPrinter(new DefaultPrettyPrinter())) {
            new ForecastJson(json).document(forecast);
            json.writeRaw(System.lineSeparator());
        } catch (IOException failure) {
            throw new UncheckedIOException("The output cannot be written: " + failure.getMessage(), failure);
        }
    }

    private void document(Forecast forecast) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", "R3a");
        json.writeBooleanField("allWillMigrate", forecast.allWillMigrate());
        counts(forecast);
        if (forecast.limit().isPresent()) {
            limit(forecast.limit().get());
        }
        obstacles(forecast.obstacles());
        flows(forecast);
        unknownFlows(forecast.unknownFlows());
        otherTriggers(forecast.otherTriggers());
        effects();
        json.writeEndObject();
    }

    private void counts(Forecast forecast) throws IOException {
        json.writeObjectFieldStart("counts");
        json.writeNumberField("flows", forecast.flows().size());
        json.writeNumberField("migrates", forecast.count(Verdict.MIGRATES));
        json.writeNumberField("stays", forecast.count(Verdict.STAYS));
        json.writeNumberField("notKnown", forecast.count(Verdict.NOT_KNOWN));
        json.writeEndObject();
    }

    private void limit(LimitPosition position) throws IOException {
        json.writeObjectFieldStart("limit");
        json.writeNumberField("limit", position.limit());
        json.writeNumberField("used", position.used());
        json.writeBooleanField("getsSlot", position.hasSlot());
        json.writeEndObject();
    }

    private void obstacles(Map<MigrationObstacle, Long> obstacles) throws IOException {
        json.writeArrayFieldStart("obstacles");
        for (Map.Entry<MigrationObstacle, Long> each : obstacles.entrySet()) {
            Advice advice = Advice.on(each.getKey());
            json.writeStartObject();
            json.writeStringField("obstacle", each.getKey().name());
            json.writeNumberField("flows", each.getValue());
            json.writeStringField("why", advice.why());
            json.writeStringField("wayRound", advice.wayRound());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void flows(Forecast forecast) throws IOException {
        json.writeArrayFieldStart("flows");
        for (int flow = 0; flow < forecast.flows().size(); flow++) {
            flow(forecast.flows().get(flow), forecast.outcomes().get(flow));
        }
        json.writeEndArray();
    }

    private void flow(InventoryFlow flow, Outcome outcome) throws IOException {
        json.writeStartObject();
        json.writeStringField("flowId", flow.flow().id());
        if (!flow.displayName().isEmpty()) {
            json.writeStringField("displayName", flow.displayName());
        }
        json.writeStringField("verdict", outcome.verdict().name());
        json.writeArrayFieldStart("reasons");
        for (Reason reason : outcome.reasons()) {
            json.writeStartObject();
            json.writeStringField("obstacle", reason.obstacle().name());
            if (reason.chain().isPresent()) {
                texts("chain", reason.chain().get().flows());
                json.writeNumberField("calls", reason.chain().get().calls());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void unknownFlows(Map<String, List<String>> unknownFlows) throws IOException {
        json.writeArrayFieldStart("unknownFlows");
        for (Map.Entry<String, List<String>> unknown : unknownFlows.entrySet()) {
            json.writeStartObject();
            json.writeStringField("flowId", unknown.getKey());
            texts("calledBy", unknown.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void otherTriggers(List<Forecast.OtherTrigger> triggers) throws IOException {
        json.writeArrayFieldStart("otherTriggers");
        for (Forecast.OtherTrigger trigger : triggers) {
            json.writeStartObject();
            json.writeStringField("trigger", trigger.name());
            json.writeNumberField("flows", trigger.flows());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void effects() throws IOException {
        json.writeArrayFieldStart("effects");
        for (Effect effect : Effect.values()) {
            json.writeStartObject();
            json.writeStringField("effect", effect.name());
            if (effect.rule().isPresent()) {
                json.writeStringField("rule", effect.rule().get());
            }
            json.writeStringField("text", effect.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void texts(String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
