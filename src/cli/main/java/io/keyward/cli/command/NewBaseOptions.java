package io.keyward.cli.command;

import io.keyward.app.run.ProductVersion;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.Visible;
import io.keyward.config.KeywardConfig;
import io.keyward.proof.inputs.Base;
import io.keyward.proof.inputs.BaseMaker;
import io.keyward.proof.inputs.SigningKeys;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// The options that say where a base is written, and which key signs it.
final class NewBaseOptions {
    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "The folder to write to; it is created if missing, and must be empty.")
    private Path folder;

    @Option(
            names = "--signing-key",
            required = true,
            paramLabel = "FILE",
            description = "The Ed25519 private key, as PEM, that signs it.")
    private Path key;

    /// Creates a base, and prints where it is.
    ///
    /// @param name of the kind of base, as printed
    /// @param config queries the cluster, so it is called only after the key was read successfully
    void make(String name, Supplier<KeywardConfig> config, ProcessStreams process, Function<BaseMaker, Base> maker) {
        PrivateKey signing = SigningKeys.privateKey(key);
        KeywardConfig checked = config.get();
        StandardStreams streams = process.open();
        Base made = new ProofRun(checked, streams)
                .run((subject, progress) -> maker.apply(new BaseMaker(
                        subject, folder, signing, ProductVersion.current(), progress, InstantSource.system())));
        streams.print(
                "The %s of %s as of %s is in %s%n",
                name, made.applicationId(), made.madeAt(), Visible.line(folder.toString()));
        streams.flush();
    }
}
