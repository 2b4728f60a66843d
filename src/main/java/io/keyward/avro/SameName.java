package io.keyward.avro;

/// Translates between the enums of the domain and those generated from the schemas, whose constants share their
/// names.
final class SameName {

    private SameName() {}

    /// The constant of that type with the name of the other.
    ///
    /// @throws IllegalArgumentException if the type has none
    static <E extends Enum<E>> E in(Class<E> type, Enum<?> other) {
        return Enum.valueOf(type, other.name());
    }
}
