package io.keyward.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.cli.ask.ConsoleClient;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.ReportLines;
import io.keyward.config.HttpDefinitions;
import io.keyward.config.HttpSettings;
import io.keyward.config.SandboxAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that name the console to query, and the format of the output.
final class AskOptions {
    @Mixin
    private ConfigOption config;

    @ArgGroup
    private Where where = new Where();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File that holds the console's token; default: keyward.console.token.file.")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(names = "--json", description = "Print the console's response unchanged, as JSON.")
    private boolean json;

    static final class Where {
        @Option(
                names = "--url",
                paramLabel = "URL",
                description = "Address of the console, for example https://console.example.com; default: from the"
                        + " settings keyward.console.host and .port, http://127.0.0.1:8090.")
        private Optional<URI> url = Optional.empty();

        @Option(
                names = "--port-base",
                paramLabel = "N",
                description = "Query the console of a sandbox that was started with the same option.")
        private Optional<Integer> portBase = Optional.empty();
    }

    /// Prints a response of the console: as JSON with `--json`, else as a report.
    void print(JsonNode answer, StandardStreams streams, Consumer<ReportLines> report) {
        if (json) {
            streams.out().println(answer);
        } else {
            report.accept(streams.report());
        }
        streams.flush();
    }

    /// @throws io.keyward.config.ConfigurationException that lists everything that is wrong with the configuration
    ConsoleClient connect() {
        HttpSettings configured = config.load().http(HttpDefinitions.CONSOLE);
        URI url = where.url
                .or(() -> where.portBase.map(
                        base -> SandboxAddresses.startingAt(base).console()))
                .orElseGet(() -> served(configured));
        return ConsoleClient.of(url, tokenFile.or(() -> configured.files().token()));
    }

    /// The address of a console with these settings, as seen from its own machine.
    private static URI served(HttpSettings settings) {
        String scheme = settings.files().certificate().isPresent() ? "https" : "http";
        String host = isWildcard(settings.host()) ? "127.0.0.1" : settings.host();
        return URI.create(
                "%s://%s:%d".formatted(scheme, host.contains(":") ? "[" + host + "]" : host, settings.port()));
    }

    private static boolean isWildcard(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
