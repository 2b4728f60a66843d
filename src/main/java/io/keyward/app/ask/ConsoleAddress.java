package io.keyward.app.ask;

import io.keyward.app.cluster.CommandFailedException;
import io.keyward.app.config.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where a console is, and the token that it asks for.
///
/// @param url without a path
public record ConsoleAddress(URI url, Optional<String> token) {
    /// The address at which these settings serve a console, seen from its own machine.
    public static URI served(HttpSettings settings) {
        String scheme = settings.files().certificate().isPresent() ? "https" : "http";
        String host = isWildcard(settings.host()) ? "127.0.0.1" : settings.host();
        return URI.create(
                "%s://%s:%d".formatted(scheme, host.contains(":") ? "[" + host + "]" : host, settings.port()));
    }

    /// The address, with the token from its file.
    ///
    /// @param file with the token; empty for none
    /// @throws CommandFailedException if the file cannot be read
    public static ConsoleAddress of(URI url, Optional<Path> file) {
        return new ConsoleAddress(url, file.map(ConsoleAddress::token));
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new CommandFailedException("The token file " + file + " cannot be read (" + failure + ").", failure);
        }
    }

    private static boolean isWildcard(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
