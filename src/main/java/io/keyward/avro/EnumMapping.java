package io.keyward.avro;

import java.util.EnumMap;
import java.util.Map;

/// Translates between the domain's enums and the enums generated from the schemas. Their constants have the
/// same names.
public final class EnumMapping<F extends Enum<F>, T extends Enum<T>> {
    private final Map<F, T> translations;

    private EnumMapping(Map<F, T> translations) {
        this.translations = translations;
    }

    /// Looks up all names once, because translations run for every output.
    ///
    /// @throws IllegalArgumentException if a constant has no counterpart of the same name
    public static <F extends Enum<F>, T extends Enum<T>> EnumMapping<F, T> of(Class<F> from, Class<T> to) {
        Map<F, T> translations = new EnumMap<>(from);
        for (F constant : from.getEnumConstants()) {
            translations.put(constant, in(to, constant));
        }
        return new EnumMapping<>(translations);
    }

    public T of(F constant) {
        return translations.get(constant);
    }

    /// The constant of `type` with the name of `other`.
    ///
    /// @throws IllegalArgumentException if the type has no constant of that name
    public static <E extends Enum<E>> E in(Class<E> type, Enum<?> other) {
        return Enum.valueOf(type, other.name());
    }
}
