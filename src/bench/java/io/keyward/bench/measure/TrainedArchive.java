package io.keyward.bench.measure;

import io.keyward.testing.process.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// An AOT archive of the product: a run writes it at its end, later runs of the same build start with it.
///
/// @param file its place
public record TrainedArchive(Path file) {
    /// The variant that is measured.
    public ProductVariant variant() {
        return ProductVariant.of(
                "archive", Map.of(), List.of("-XX:AOTCache=" + file, "-XX:AOTMode=on", "-Xlog:aot*=error"));
    }

    /// The variant that writes the archive.
    ProductVariant training() {
        return ProductVariant.of("training", Map.of(), List.of("-XX:AOTCacheOutput=" + file, "-Xlog:aot*=error"));
    }

    /// Writes the archive in a run of the product, which has the store of the image.
    ///
    /// @param trial has published other events than those that are measured
    /// @throws BenchException if the run fails, or leaves no archive
    public void train(RateTrial trial) {
        Folders.delete(file);
        var _ = trial.run(new SubjectVariant(Subject.KEYWARD_ROCKSDB, training()), 1);
        if (!Files.exists(file)) {
            throw new BenchException("The training has not left " + file);
        }
    }
}
