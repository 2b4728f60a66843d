package io.keyward.bench;

import io.keyward.bench.measure.Variant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Variants as they are written on the command line.
final class VariantText implements ITypeConverter<Variant> {
    @Override
    public Variant convert(String text) {
        try {
            return Variant.parse(text);
        } catch (IllegalArgumentException unreadable) {
            throw new TypeConversionException(unreadable.getMessage());
        }
    }
}
