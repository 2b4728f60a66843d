package io.keyward.cli.command;

import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.ProgressBar;
import io.keyward.client.TopicNames;
import io.keyward.cluster.ClusterTopics;
import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.CommittedLog;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RegistryConnection;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.tenant.TenantExport;
import io.keyward.registry.client.SchemaRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `tenant export`: prints what the topics hold about a tenant.
@Command(
        name = "export",
        description = {
            "Prints what the topics hold about a tenant, one JSON line per record: first the events, as publish and"
                    + " simulate read them, then the outputs, as watch --json prints them.",
            "Every partition is read to its end. What retention has deleted is not in the export; messages say where"
                    + " it has deleted something."
        })
public final class TenantExportCommand extends ClusterCommand {
    @Parameters(paramLabel = "TENANT", description = "The id of the tenant.")
    private TenantId tenant;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the lines to this file, which must not exist.")
    private Optional<Path> output = Optional.empty();

    @Override
    int run(StandardStreams streams) {
        ClusterTopics topics = cluster.topics();
        KeywardConfig config = topics.config();
        TopicNames names = config.topics().names();
        try (CommittedLog log = topics.committed(names.names(TenantExport.topics()));
                SchemaRegistry registry = RegistryConnection.open(config)) {
            TenantExport export = new TenantExport(tenant, names, registry);
            SortedMap<String, Long> deleted = deleted(log);
            try (ProgressBar progress = streams.progress("records read", ProgressBar.UNKNOWN)) {
                log.readToEnd(export::take, progress::done);
            }
            print(export, streams);
            report(export, deleted, streams.err());
        }
        return ExitCode.OK;
    }

    /// Topic → how many of its first records retention has deleted.
    private static SortedMap<String, Long> deleted(CommittedLog log) {
        SortedMap<String, Long> deleted = new TreeMap<>();
        log.beginnings().forEach((partition, beginning) -> {
            if (beginning > 0) {
                deleted.merge(partition.topic(), beginning, Long::sum);
            }
        });
        return deleted;
    }

    private void print(TenantExport export, StandardStreams streams) {
        if (output.isEmpty()) {
            print(export, streams.out());
            streams.flush();
            return;
        }
        // Unlike Files.write, this replaces what is not UTF-8: a dead letter may hold half of a character.
        try (PrintStream file = new PrintStream(
                Files.newOutputStream(output.get(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                false,
                StandardCharsets.UTF_8)) {
            print(export, file);
            if (file.checkError()) {
                throw new CommandFailedException(output.get() + " could not be written completely.");
            }
        } catch (IOException failure) {
            throw new CommandFailedException(output.get() + " cannot be written: " + failure, failure);
        }
    }

    private static void print(TenantExport export, PrintStream out) {
        export.eventLines().forEach(out::println);
        export.outputLines().forEach(out::println);
    }

    private static void report(TenantExport export, SortedMap<String, Long> deleted, PrintStream err) {
        err.printf(
                "Exported %d event lines and %d output lines.%n",
                export.eventLines().size(), export.outputLines().size());
        if (export.unreadable() > 0) {
            err.printf(
                    "Not exported: %d records with the tenant's key that cannot be read; see the dead letters.%n",
                    export.unreadable());
        }
        deleted.forEach((topic, count) -> err.printf(
                "Not exported: records among the first %d of %s, which retention has deleted.%n", count, topic));
    }
}
