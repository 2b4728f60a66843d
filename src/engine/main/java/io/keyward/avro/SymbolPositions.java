package io.keyward.avro;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/// Maps an enum's constants to the positions of the symbols of the same names in an enum of a schema. The order in
/// the source code does not matter.
public final class SymbolPositions<E extends Enum<E>> {
    private final Map<E, Integer> positions;

    private SymbolPositions(Map<E, Integer> positions) {
        this.positions = positions;
    }

    /// Looks up all names once, because outputs and rows consist of many.
    ///
    /// @throws IllegalArgumentException if the schema has no symbol with the name of a constant
    public static <E extends Enum<E>> SymbolPositions<E> of(Class<E> type, Schema schema) {
        Set<E> missing = EnumSet.allOf(type);
        missing.removeIf(constant -> schema.hasEnumSymbol(constant.name()));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(schema.getFullName() + " has no symbols for " + missing);
        }
        Map<E, Integer> positions = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            positions.put(constant, schema.getEnumOrdinal(constant.name()));
        }
        return new SymbolPositions<>(positions);
    }

    public int of(E constant) {
        return positions.get(constant);
    }
}
