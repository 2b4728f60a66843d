package io.keyward.avro;

/// Translates between the domain's enums and the enums generated from the schemas. Their constants have the
/// same names.
public final class EnumMapping {
    private EnumMapping() {}

    /// The constant of `type` with the name of `other`.
    ///
    /// @throws IllegalArgumentException if the type has no constant of that name
    public static <E extends Enum<E>> E in(Class<E> type, Enum<?> other) {
        return Enum.valueOf(type, other.name());
    }
}
