package io.keyward.bench;

import io.keyward.bench.measure.ProductVariant;
import io.keyward.config.KafkaDefinitions;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Converts a variant on the command line.
final class VariantConverter implements ITypeConverter<ProductVariant> {
    private static final List<String> PASSED_ON = List.of("keyward.kafka.", "keyward.streams.");

    @Override
    public ProductVariant convert(String text) {
        try {
            ProductVariant variant = ProductVariant.parse(text);
            variant.settings().keySet().stream()
                    .filter(VariantConverter::isIgnored)
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

    /// Whether the setting is passed to Kafka clients that do not know it. They ignore unknown settings, so a
    /// misspelled variant would be measured as the standard one.
    private static boolean isIgnored(String key) {
        return PASSED_ON.stream()
                .filter(key::startsWith)
                .anyMatch(prefix ->
                        KafkaDefinitions.find(key.substring(prefix.length())).isEmpty());
    }
}
