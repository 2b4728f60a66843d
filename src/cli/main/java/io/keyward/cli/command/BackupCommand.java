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

/// The command `backup`: what is needed to go on when a cluster is lost and no copy of it exists.
@Command(
        name = "backup",
        description = {
            "Writes what is needed to go on when the cluster is lost into a folder, and reads it back.",
            "docs/recovery.md has all steps."
        })
public final class BackupCommand extends CommandGroup {
    @Mixin
    private ProcessStreams process;

    @Command(
            description = {
                "Copies the state, the outputs and their schemas into a folder, and signs it. The folder is a base of"
                        + " `verify inputs` as well.",
                "It works beside a running application, joins no group and writes nothing to the cluster."
            })
    void create(@Mixin ClusterOptions cluster, @Mixin NewBaseOptions options) {
        options.make("backup", () -> VerifyCommand.checkedInputs(cluster, Backup.TOPICS), process, Backup::make);
    }

    @Command(
            description = {
                "Writes a backup to a cluster that has the topics, and nothing in them. Run `recover` after it.",
                "It can be killed and run again: it writes everything or nothing."
            })
    void restore(
            @Mixin ClusterOptions cluster,
            @Parameters(index = "0", paramLabel = "DIR", description = "The folder that `backup create` has written.")
                    Path folder,
            @Option(
                            names = "--public-key",
                            required = true,
                            paramLabel = "FILE",
                            description = "The public key of Ed25519, in PEM form, that the backup was signed for.")
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
                        "Restored: the backup of %s as of %s.%nWhat to do now:%n  1. Have the producers send again what they have sent since %s.%n  2. bin/keyward recover --since %s%s%n  3. Start the processors, and run: bin/keyward verify state%s%n",
                        opened.base().applicationId(),
                        opened.base().madeAt(),
                        since,
                        since,
                        cluster.typed(),
                        cluster.typed());
        streams.flush();
    }
}
