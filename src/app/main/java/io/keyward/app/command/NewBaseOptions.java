package io.keyward.app.command;

import io.keyward.app.records.StandardStreams;
import io.keyward.app.terminal.Visible;
import io.keyward.proof.inputs.Base;
import io.keyward.proof.inputs.SigningKeys;
import java.nio.file.Path;
import java.security.PrivateKey;
import picocli.CommandLine.Option;

/// The options that say where a base is written, and which key signs it.
final class NewBaseOptions {
    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "The folder to write to; it is created, and must be empty.")
    private Path folder;

    @Option(
            names = "--signing-key",
            required = true,
            paramLabel = "FILE",
            description = "The private key of Ed25519, in PEM form.")
    private Path key;

    Path folder() {
        return folder;
    }

    PrivateKey signingKey() {
        return SigningKeys.privateKey(key);
    }

    /// Says where the base is that was made.
    ///
    /// @param name what it is called
    void tell(String name, Base made, StandardStreams streams) {
        streams.out()
                .println("The %s of %s as of %s is in %s"
                        .formatted(name, made.applicationId(), made.madeAt(), Visible.line(folder.toString())));
        streams.flush();
    }
}
