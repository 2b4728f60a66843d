package io.keyward.proof.inputs;

import io.keyward.cluster.CommandFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HexFormat;

/// A base in a folder, whose signature has been verified.
///
/// @param base what it says about itself
public record BaseFolder(Path folder, Base base) {
    static final String MANIFEST = "manifest.json";
    static final String SIGNATURE = "manifest.sig";

    /// Opens a base, and verifies its signature and that its files are those that were signed.
    ///
    /// @throws CommandFailedException that names the file that is missing, changed or not signed
    public static BaseFolder open(Path folder, PublicKey key) {
        byte[] manifest = bytes(folder.resolve(MANIFEST));
        if (!SigningKeys.isSigned(key, manifest, bytes(folder.resolve(SIGNATURE)))) {
            throw new CommandFailedException(
                    "The base is refused: %s is not the signature of %s by the key that was given."
                            .formatted(folder.resolve(SIGNATURE), folder.resolve(MANIFEST)));
        }
        Base base;
        try {
            base = Base.read(manifest);
        } catch (IOException | RuntimeException invalid) {
            throw new CommandFailedException(
                    "The base is refused: %s cannot be read: %s"
                            .formatted(folder.resolve(MANIFEST), invalid.getMessage()),
                    invalid);
        }
        BaseFolder opened = new BaseFolder(folder, base);
        for (int partition = 0; partition < base.partitions(); partition++) {
            opened.requireUnchanged(Base.file(partition));
        }
        return opened;
    }

    /// Checks that the base is of this application, with its present partitions.
    ///
    /// @throws CommandFailedException if it is not
    void requireOf(String applicationId, int partitions) {
        if (!base.applicationId().equals(applicationId)) {
            throw new CommandFailedException(
                    "The base is of the application %s, not of %s.".formatted(base.applicationId(), applicationId));
        }
        if (base.partitions() != partitions) {
            throw new CommandFailedException(
                    "The base has %d partitions, the application %d. Make a new base after a change of partitions."
                            .formatted(base.partitions(), partitions));
        }
    }

    void requireUnchanged(String name) {
        Path file = folder.resolve(name);
        try {
            if (!sha256(file).equals(base.files().get(name))) {
                throw new CommandFailedException(
                        "The base is refused: %s is not the file that was signed.".formatted(file));
            }
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    /// The rows of a partition.
    ///
    /// @throws CommandFailedException if the file cannot be read
    FactRows rows(int partition) {
        FactRows rows = new FactRows();
        read(Base.file(partition), (store, key, value) -> rows.take(store, key, value, -1));
        return rows;
    }

    /// Takes the rows of a file.
    ///
    /// @throws CommandFailedException if it cannot be read
    void read(String name, RowFile.Taker taker) {
        Path file = folder.resolve(name);
        try {
            RowFile.read(file, taker);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    /// The hash of a file, in hex.
    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digested = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    static CommandFailedException unreadable(Path file, IOException failure) {
        return new CommandFailedException(
                "The base is refused: %s cannot be read: %s".formatted(file, failure), failure);
    }
}
