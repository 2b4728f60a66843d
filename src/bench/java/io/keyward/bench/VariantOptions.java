package io.keyward.bench;

import io.keyward.bench.jvm.ClassPaths;
import io.keyward.bench.measure.ProductVariant;
import io.keyward.bench.measure.TrainedArchive;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options that say what the product is compared with besides other subjects.
final class VariantOptions {
    @Option(
            names = "--vary",
            paramLabel = "'NAME: WORD…'",
            converter = VariantConverter.class,
            description = {
                "The product with other settings (KEY=VALUE) or Java options, beside the product as it is: the rates only.",
                "Such as --vary 'small: keyward.kafka.batch.size=16384' --vary 'zgc: -XX:+UseZGC'"
            })
    private List<ProductVariant> variants = List.of();

    @Option(
            names = "--against",
            paramLabel = "REVISION",
            description =
                    "The product as it was at another commit, in turns with the product as it is: the rates only.")
    private Optional<String> against = Optional.empty();

    @Option(
            names = "--archive",
            description =
                    "The product with an AOT archive of a run on other events, beside it without: the rates only.")
    private boolean archived;

    @Option(
            names = "--at-least",
            paramLabel = "RATIO",
            description = "With --against: fail below this share of the other revision's events per CPU second.")
    private Optional<Double> leastRatio = Optional.empty();

    /// The variants in the order in which they are measured.
    List<ProductVariant> all() {
        return Stream.of(
                        variants.stream(),
                        archive().map(TrainedArchive::variant).stream(),
                        against.map(ProductVariant::ofRevision).stream())
                .flatMap(some -> some)
                .toList();
    }

    Optional<TrainedArchive> archive() {
        return archived
                ? Optional.of(new TrainedArchive(ClassPaths.ofBuild().target().resolve("bench/keyward.aot")))
                : Optional.empty();
    }

    Optional<Double> leastRatio() {
        return leastRatio;
    }

    /// @throws ParameterException if an option needs another one, or two variants have the same name
    void requireConsistent(CommandLine command) {
        if (leastRatio.isPresent() && against.isEmpty()) {
            throw new ParameterException(command, "--at-least needs --against.");
        }
        if (all().stream().map(ProductVariant::name).distinct().count() < all().size()) {
            throw new ParameterException(command, "Two variants have the same name.");
        }
    }
}
