package io.keyward.vault;

import com.azure.core.credential.TokenCredential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/// A credential with its secret in a file. A changed secret takes effect without a restart.
final class CredentialFromFile implements Supplier<TokenCredential> {
    private final Path file;
    private final Function<byte[], TokenCredential> maker;
    private byte[] content = {};
    private TokenCredential current = request -> Mono.empty();

    CredentialFromFile(Path file, Function<byte[], TokenCredential> maker) {
        this.file = file;
        this.maker = maker;
    }

    @Override
    public synchronized TokenCredential get() {
        byte[] now = read(file);
        if (!Arrays.equals(now, content)) {
            current = maker.apply(now);
            content = now;
        }
        return current;
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the file " + file + " cannot be read", unreadable);
        }
    }
}
