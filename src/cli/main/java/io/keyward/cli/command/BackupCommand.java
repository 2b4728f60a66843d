package io.keyward.cli.command;

import io.keyward.cli.records.StandardStreams;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StreamsProperties;
import io.keyward.proof.inputs.Backup;
import io.keyward.proof.inputs.BackupRestoration;
import io.keyward.proof.inputs.BaseFolder;
import io.keyward.proof.inputs.SigningKeys;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `backup`: saves and restores what is needed if a cluster is lost and no replica of it exists.
@Command(
        name = "backup",
        description = {
            "Backs up to a folder what is needed to recover from the loss of the cluster, and restores it.",
            "See docs/recovery.md for all steps."
        })
public final class BackupCommand extends CommandGroup {
    @Mixin
    private ProcessStreams process;

    @Command(
            description = {
                "Copies the state, the outputs and their schemas into a folder, and signs it. The folder is also a base"
                        + " for `verify inputs`.",
                "It can run while the application runs, joins no group and writes nothing to the cluster."
            })
    void create(@Mixin ClusterOptions cluster, @Mixin NewBaseOptions options) {
        options.make("backup", () -> VerifyCommand.checkedInputs(cluster, Backup.TOPICS), process, Backup::make);
    }

    @Command(
            description = {
                "Restores a backup to a cluster whose topics exist and are empty. Run `recover` afterwards.",
                "If it is killed, run it again: it writes everything or nothing."
            })
    void restore(
            @Mixin ClusterOptions cluster,
            @Parameters(index = "0", paramLabel = "DIR", description = "The folder that `backup create` wrote.")
                    Path folder,
            @Option(
                            names = "--public-key",
                            required = true,
                            paramLabel = "FILE",
                            description = "The Ed25519 public key, as PEM, that verifies the signature of the backup.")
                    Path key) {
        BaseFolder opened = BaseFolder.open(folder, SigningKeys.publicKey(key));
        KeywardConfig config = cluster.load();
        Map<String, String> settings = StreamsProperties.ofChangelogs(config);
        short replicas = Short.parseShort(settings.remove(StreamsConfig.REPLICATION_FACTOR_CONFIG));
        StandardStreams streams = process.open();
        Instant since = new ProofRun(config, streams)
                .run((subject, _) -> new BackupRestoration(
                                subject, opened, new BackupRestoration.Changelogs(settings, replicas))
                        .run());
        streams.out()
                .printf(
                        "Restored: the backup of %s as of %s.%nWhat to do now:%n  1. Have the producers resend everything that they sent since %s.%n  2. bin/keyward recover --since %s%s%n  3. Start the processors, and run: bin/keyward verify state%s%n",
                        opened.base().applicationId(),
                        opened.base().madeAt(),
                        since,
                        since,
                        cluster.typed(),
                        cluster.typed());
        streams.flush();
    }
}
