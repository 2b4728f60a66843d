package io.keyward.avro;

import io.keyward.avro.json.Optionality;
import io.keyward.registry.client.CompatibilityLevel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/// Finds changes between a released schema and the current one that break the guarantees in schemas/README.md:
/// changes that registries refuse, and changes that no registry detects.
final class Evolution {

    private final List<String> broken = new ArrayList<>();

    private Evolution() {}

    /// One sentence for each broken guarantee; empty if both schemas are compatible.
    static List<String> brokenPromises(Schema now, Schema released) {
        var evolution = new Evolution();
        evolution.broken.addAll(CompatibilityLevel.FULL_TRANSITIVE.conflicts(now, released));
        var types = byName(now);
        byName(released).forEach((name, type) -> {
            if (types.containsKey(name) && types.get(name).getType() == type.getType()) {
                evolution.compare(types.get(name), type);
            }
        });
        return evolution.broken;
    }

    private static Map<String, Schema> byName(Schema schema) {
        return SchemaFiles.namedTypes(schema).stream()
                .collect(Collectors.toMap(Schema::getFullName, Function.identity()));
    }

    private void compare(Schema now, Schema released) {
        if (now.getType() == Schema.Type.RECORD) {
            released.getFields().stream()
                    .filter(field -> now.getField(field.name()) != null)
                    .forEach(field -> compare(released.getFullName(), now.getField(field.name()), field));
        } else {
            Set<String> gone = new HashSet<>(released.getEnumSymbols());
            now.getEnumSymbols().forEach(gone::remove);
            gone.forEach(symbol -> broken.add("%s: the symbol %s is gone; stop writing it, but keep it"
                    .formatted(released.getFullName(), symbol)));
        }
    }

    private void compare(String record, Schema.Field now, Schema.Field released) {
        if (released.hasDefaultValue()
                && now.hasDefaultValue()
                && !Objects.equals(now.defaultVal(), released.defaultVal())) {
            broken.add("%s.%s: the default is %s, and was %s; records already written would change their meaning"
                    .formatted(record, now.name(), now.defaultVal(), released.defaultVal()));
        }
        if (!Objects.equals(unit(now), unit(released))) {
            broken.add("%s.%s: the unit is %s, and was %s; readers take one for the other"
                    .formatted(record, now.name(), unit(now), unit(released)));
        }
    }

    private static String unit(Schema.Field field) {
        var type = Optionality.valueSchema(field.schema()).getLogicalType();
        return type == null ? "none" : type.getName();
    }
}
