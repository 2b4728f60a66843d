package io.keyward.bench;

import io.keyward.bench.measure.Variant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Variants as they are written on the command line.
final class VariantText implements ITypeConverter<Variant> {
    @Override
    public Variant convert(String text) {
        try {
            Variant variant = Variant.parse(text);
            variant.settings().keySet().stream()
                    .filter(ClientSettingNames::isIgnored)
                    .findFirst()
                    .ifPresent(key -> {
                        throw new TypeConversionException(
                                "%s: no client of Kafka has a setting of that name, so it would change nothing"
                                        .formatted(key));
                    });
            return variant;
        } catch (IllegalArgumentException unreadable) {
            throw new TypeConversionException(unreadable.getMessage());
        }
    }
}
