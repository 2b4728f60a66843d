package io.keyward.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// The recorded shapes under `src/intake/test/resources/intake`.
public final class Samples {
    private Samples() {}

    /// The content of a file.
    ///
    /// @param file such as `eventgrid/key-expired.json`
    public static byte[] read(String file) {
        try (InputStream sample = Samples.class.getResourceAsStream("/intake/" + file)) {
            return Objects.requireNonNull(sample, file).readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
