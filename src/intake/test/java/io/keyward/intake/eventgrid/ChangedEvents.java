package io.keyward.intake.eventgrid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.id.TenantId;
import io.keyward.intake.Item;
import io.keyward.intake.Samples;
import java.io.IOException;
import java.util.List;

/// Events that differ from a sample in one field.
final class ChangedEvents {
    private static final JsonMapper JSON = new JsonMapper();

    private ChangedEvents() {}

    /// The only event of a sample.
    static ObjectNode event(String sample) throws IOException {
        JsonNode body = JSON.readTree(Samples.read("eventgrid/" + sample + ".json"));
        return (ObjectNode) (body.isArray() ? body.get(0) : body);
    }

    /// What a changed event means.
    ///
    /// @param value JSON with `'` for `"`; `-` removes the field
    static Item read(String sample, String pointer, String value) throws IOException {
        ObjectNode event = event(sample);
        int slash = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) event.at(pointer.substring(0, slash));
        String name = pointer.substring(slash + 1);
        if (value.equals("-")) {
            parent.remove(name);
        } else {
            parent.set(name, JSON.readTree(value.replace('\'', '"')));
        }
        Item item = read(event);
        assertThat(item.type())
                .isEqualTo(event.path("type").asText(event.path("eventType").asText("other")));
        return item;
    }

    static Item read(ObjectNode event) throws IOException {
        List<Item> items = EventGridReader.read(new TenantId("contoso"), JSON.writeValueAsBytes(event));
        assertThat(items).hasSize(1);
        return items.getFirst();
    }
}
