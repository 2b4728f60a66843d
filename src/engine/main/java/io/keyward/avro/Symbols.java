package io.keyward.avro;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/// Maps an enum's constants to the positions of the symbols with the same names in a schema's enum, and
/// back. The order in the source code does not matter. Looks up all names once, because outputs and rows
/// contain many symbols.
public final class Symbols<E extends Enum<E>> {
    private final int[] positions;
    private final List<E> constants;

    private Symbols(Class<E> type, Schema schema, List<E> constants) {
        Set<E> all = EnumSet.allOf(type);
        Set<E> missing = EnumSet.copyOf(all);
        missing.removeIf(constant -> schema.hasEnumSymbol(constant.name()));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(schema.getFullName() + " has no symbols for " + missing);
        }
        this.positions = all.stream()
                .mapToInt(constant -> schema.getEnumOrdinal(constant.name()))
                .toArray();
        this.constants = constants;
    }

    /// Maps to the symbols of the enum with the same simple name in outputs. They are only written: the schema's
    /// enum has one more symbol, its default for readers.
    static <E extends Enum<E>> Symbols<E> published(Class<E> type) {
        return published(type, GeneratedClasses.schema("io.keyward.decision." + type.getSimpleName()));
    }

    /// Maps to symbols that are only written. The schema may have more symbols.
    ///
    /// @throws IllegalArgumentException if the schema has no symbol with the name of a constant
    static <E extends Enum<E>> Symbols<E> published(Class<E> type, Schema schema) {
        return new Symbols<>(type, schema, List.of());
    }

    /// Maps to the symbols of the enum with the same simple name in stored rows.
    public static <E extends Enum<E>> Symbols<E> stored(Class<E> type) {
        return stored(type, GeneratedClasses.schema("io.keyward.state." + type.getSimpleName()));
    }

    /// Maps to symbols that are written and read.
    ///
    /// @throws IllegalArgumentException if the enum and the schema do not have the same names
    public static <E extends Enum<E>> Symbols<E> stored(Class<E> type, Schema schema) {
        List<E> constants = schema.getEnumSymbols().stream()
                .map(symbol -> Enum.valueOf(type, symbol))
                .toList();
        return new Symbols<>(type, schema, constants);
    }

    @SuppressWarnings("EnumOrdinal") // an index within this process only: what is written is the symbol's position
    public int position(E constant) {
        return positions[constant.ordinal()];
    }

    /// The constant at a position of a stored enum.
    public E at(int position) {
        return constants.get(position);
    }
}
