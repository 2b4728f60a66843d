package io.keyward.avro;

import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.Schema;

/// Maps an enum's constants to the positions of the symbols of the same names in an enum of a schema. The order in
/// the source code does not matter.
final class SymbolPositions<E extends Enum<E>> {
    private final Map<E, Integer> positions;

    private SymbolPositions(Map<E, Integer> positions) {
        this.positions = positions;
    }

    /// Looks up all names once, because outputs consist of many.
    ///
    /// @throws IllegalArgumentException if the schema has no symbol with the name of a constant
    static <E extends Enum<E>> SymbolPositions<E> of(Class<E> type, Schema schema) {
        Map<E, Integer> positions = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            if (!schema.hasEnumSymbol(constant.name())) {
                throw new IllegalArgumentException(schema.getFullName() + " has no symbol " + constant);
            }
            positions.put(constant, schema.getEnumOrdinal(constant.name()));
        }
        return new SymbolPositions<>(positions);
    }

    int of(E constant) {
        return positions.get(constant);
    }
}
