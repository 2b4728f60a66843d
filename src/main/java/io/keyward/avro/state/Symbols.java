package io.keyward.avro.state;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/// Maps an enum's constants to the positions of their symbols in a stored enum's schema. The order in the
/// source code does not matter.
final class Symbols<E extends Enum<E>> {

    private final List<E> constants;
    private final Map<E, Integer> positions;

    private Symbols(List<E> constants, Map<E, Integer> positions) {
        this.constants = constants;
        this.positions = positions;
    }

    /// Maps constants to symbols by name.
    ///
    /// @throws IllegalArgumentException if the enum and the schema do not have the same names
    static <E extends Enum<E>> Symbols<E> of(Class<E> type, Schema schema) {
        var constants = schema.getEnumSymbols().stream()
                .map(symbol -> Enum.valueOf(type, symbol))
                .toList();
        var unstorable = EnumSet.allOf(type);
        constants.forEach(unstorable::remove);
        if (!unstorable.isEmpty()) {
            throw new IllegalArgumentException(schema.getFullName() + " has no symbols for " + unstorable);
        }
        Map<E, Integer> positions = new EnumMap<>(type);
        constants.forEach(constant -> positions.put(constant, constants.indexOf(constant)));
        return new Symbols<>(constants, positions);
    }

    int position(E constant) {
        return positions.get(constant);
    }

    E at(int position) {
        return constants.get(position);
    }
}
