package io.keyward.avro.state;

import io.keyward.avro.SymbolPositions;
import java.util.List;
import org.apache.avro.Schema;

/// Maps an enum's constants to the positions of their symbols in a stored enum's schema, and back. The order in the
/// source code does not matter.
final class Symbols<E extends Enum<E>> {

    private final SymbolPositions<E> positions;
    private final List<E> constants;

    private Symbols(SymbolPositions<E> positions, List<E> constants) {
        this.positions = positions;
        this.constants = constants;
    }

    /// Maps constants to symbols by name.
    ///
    /// @throws IllegalArgumentException if the enum and the schema do not have the same names
    static <E extends Enum<E>> Symbols<E> of(Class<E> type, Schema schema) {
        return new Symbols<>(
                SymbolPositions.of(type, schema),
                schema.getEnumSymbols().stream()
                        .map(symbol -> Enum.valueOf(type, symbol))
                        .toList());
    }

    int position(E constant) {
        return positions.of(constant);
    }

    E at(int position) {
        return constants.get(position);
    }
}
