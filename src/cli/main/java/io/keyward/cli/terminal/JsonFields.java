package io.keyward.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.topology.read.OutputRecord;
import java.util.ArrayList;
import java.util.List;

/// The fields of a JSON object by name. A missing field reads as empty.
public record JsonFields(JsonNode json) {
    static JsonFields of(OutputRecord.Published published) {
        return new JsonFields(published.value());
    }

    public JsonFields at(String name) {
        return new JsonFields(json.path(name));
    }

    /// Whether the field exists and is not null.
    public boolean has(String name) {
        return json.hasNonNull(name);
    }

    public String text(String name) {
        return text(name, "");
    }

    public String text(String name, String otherwise) {
        return json.path(name).asText(otherwise);
    }

    /// A time in UTC, to the minute.
    public String time(String name) {
        return Format.time(text(name));
    }

    /// A key, as [Format#key] shows it.
    public String key(String name) {
        return Format.key(at(name));
    }

    public long number(String name) {
        return json.path(name).asLong();
    }

    public boolean flag(String name) {
        return json.path(name).asBoolean();
    }

    /// The objects of an array.
    public List<JsonFields> all(String name) {
        List<JsonFields> all = new ArrayList<>();
        json.path(name).forEach(element -> all.add(new JsonFields(element)));
        return all;
    }

    /// The texts of an array.
    public List<String> texts(String name) {
        return all(name).stream().map(element -> element.json.asText()).toList();
    }

    /// `tenant/environment`, or the tenant alone.
    public String owner() {
        return Format.owner(text("tenantId"), text("environmentId"));
    }
}
