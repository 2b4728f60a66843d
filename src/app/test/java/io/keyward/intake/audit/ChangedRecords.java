package io.keyward.intake.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.id.TenantId;
import io.keyward.intake.Item;
import io.keyward.intake.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Records of audit logs that differ from a sample in one field.
final class ChangedRecords {
    static final TenantId CONTOSO = new TenantId("contoso");

    private static final JsonMapper JSON = new JsonMapper();

    private ChangedRecords() {}

    static ObjectNode record(String sample) throws IOException {
        return (ObjectNode) JSON.readTree(Samples.read("audit/" + sample + ".json"));
    }

    /// The update of a key with a field changed.
    ///
    /// @param value JSON with `'` for `"`; `-` removes the field
    static ObjectNode update(String pointer, String value) throws IOException {
        ObjectNode record = record("key-update");
        int slash = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) record.at(pointer.substring(0, slash));
        String name = pointer.substring(slash + 1);
        if (value.equals("-")) {
            parent.remove(name);
        } else {
            parent.set(name, JSON.readTree(value.replace('\'', '"')));
        }
        return record;
    }

    static Item read(ObjectNode record) {
        return only(bytes(record.toString()));
    }

    static Item only(byte[] value) {
        List<Item> items = AuditReader.read(CONTOSO, value);
        assertThat(items).hasSize(1);
        return items.getFirst();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
