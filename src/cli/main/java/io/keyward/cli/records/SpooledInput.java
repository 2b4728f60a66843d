package io.keyward.cli.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// Standard input that can be read more than once: it is kept in a temporary file until this is closed.
public final class SpooledInput implements LineFiles.Input, AutoCloseable {
    private final InputStream standardInput;
    private Optional<Path> kept = Optional.empty();

    public SpooledInput(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    @Override
    public InputStream open() throws IOException {
        if (kept.isEmpty()) {
            Path file = Files.createTempFile("keyward-input-", ".jsonl");
            // In case the process ends before this is closed.
            file.toFile().deleteOnExit();
            kept = Optional.of(file);
            Files.copy(standardInput, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.newInputStream(kept.get());
    }

    @Override
    public void close() {
        kept.ifPresent(file -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException failure) {
                throw new UncheckedIOException("The temporary file " + file + " cannot be deleted", failure);
            }
        });
    }
}
