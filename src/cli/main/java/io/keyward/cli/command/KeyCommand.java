package io.keyward.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.cli.ask.ConsoleClient;
import io.keyward.cli.ask.KeyReport;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.JsonFields;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `key`: asks the console who uses a key, and whether it may be disabled (R27).
@Command(
        name = "key",
        description = {
            "Asks the console who uses a key, and whether the key or one version of it may be disabled.",
            "The exit code is 0 only if that is safe, so a script can check before it disables anything."
        },
        exitCodeList = {"0:may be disabled", "1:may not be disabled, or unknown", "2:wrong usage or configuration"})
public final class KeyCommand extends StreamsCommand {
    @Mixin
    private AskOptions console;

    @Parameters(index = "0", paramLabel = "TENANT", description = "The tenant whose environments use the key.")
    private String tenant;

    @Parameters(index = "1", paramLabel = "KEY", description = "VAULT/KEY, or the key's URI, which may name a version.")
    private KeyArgument key;

    @Option(names = "--version", paramLabel = "V", description = "Ask about this version; default: the whole key.")
    private Optional<String> version = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Ask about this time, for example 2026-04-01T00:00:00Z; default: now.")
    private Optional<Instant> at = Optional.empty();

    /// Replaces the inherited help option, which conflicts with `--version`. Only Picocli reads it.
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Override
    int run(StandardStreams streams) {
        Map<String, String> query = new HashMap<>();
        version.or(key::version).ifPresent(id -> query.put("version", id));
        at.ifPresent(time -> query.put("at", time.toString()));
        try (ConsoleClient client = console.connect()) {
            JsonNode use = client.get(Map.of(), "tenants", tenant, "keys", key.host(), key.name());
            JsonNode disable = client.get(query, "tenants", tenant, "keys", key.host(), key.name(), "disable");
            ObjectNode both = JsonNodeFactory.instance.objectNode();
            both.set("key", use);
            both.set("disable", disable);
            console.print(
                    both, streams, lines -> new KeyReport(lines).print(new JsonFields(use), new JsonFields(disable)));
            return disable.path("safe").asBoolean() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }
}
