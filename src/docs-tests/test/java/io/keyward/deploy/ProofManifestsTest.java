package io.keyward.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.keyward.cli.KeywardCommand;
import io.keyward.config.KeywardConfig;
import io.keyward.testing.AccessList;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Checks kustomize's output for `deploy/kubernetes/proof`, as [KubernetesTest] does for the rest.
class ProofManifestsTest {
    private static final String PROOF = "keyward-proof";

    @TempDir
    private Path folder;

    @Test
    void itRunsCommandsThatExistAsTheUserWhoMayOnlyRead() throws Exception {
        PodTemplateSpec pod = pod();
        assertThat(pod.getSpec().getContainers()).hasSize(2).allSatisfy(container -> {
            CommandLine.ParseResult parsed = KeywardCommand.commandLine()
                    .parseArgs(container.getArgs().toArray(String[]::new))
                    .subcommand()
                    .subcommand();
            assertThat(parsed.commandSpec().name()).isEqualTo(container.getName());
            assertThat(parsed.matchedOptionValue("--push", Optional.<URI>empty()))
                    .get()
                    .asString()
                    .startsWith("http://")
                    .contains("/metrics/job/" + PROOF + "/namespace/");
            assertThat(container.getVolumeMounts())
                    .extracting(VolumeMount::getName)
                    .containsExactlyInAnyOrderElementsOf(pod.getSpec().getVolumes().stream()
                            .map(Volume::getName)
                            .toList());
            KeywardConfig config = KubernetesTest.configuration(
                    folder, KubernetesTest.built(Path.of("deploy", "kubernetes", "proof")), PROOF, container);
            assertThat(config.kafka().values()).containsKey("sasl.jaas.config");
        });
        assertThat(pod.getSpec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("kafka-user"))
                .singleElement()
                .satisfies(
                        volume -> assertThat(volume.getSecret().getSecretName()).isEqualTo("keyward-auditors"));
        assertThat(AccessList.load().users()).containsKey("keyward-auditors");
    }

    @Test
    void itHasNoMoreRightsThanItNeedsAndNobodyReachesIt() throws Exception {
        KubernetesTest.assertHasNoMoreRightsThanItNeeds(pod().getSpec());
        NetworkPolicy policy =
                KubernetesTest.built(Path.of("deploy", "kubernetes", "proof")).the(NetworkPolicy.class, PROOF);
        assertThat(policy.getSpec().getIngress()).isEmpty();
        assertThat(policy.getSpec().getPodSelector().getMatchLabels())
                .isEqualTo(Map.of("app.kubernetes.io/name", PROOF));
        assertThat(pod().getMetadata().getLabels())
                .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels());
    }

    /// Two at a time would push in turns, and one that hangs would keep all later ones from running.
    @Test
    void oneRunsAtATimeAndEnds() throws Exception {
        CronJob job =
                KubernetesTest.built(Path.of("deploy", "kubernetes", "proof")).the(CronJob.class, PROOF);
        assertThat(job.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
        assertThat(job.getSpec().getJobTemplate().getSpec().getActiveDeadlineSeconds())
                .isPositive();
        assertThat(List.of("Never", "OnFailure")).contains(pod().getSpec().getRestartPolicy());
    }

    private static PodTemplateSpec pod() throws Exception {
        return KubernetesTest.built(Path.of("deploy", "kubernetes", "proof"))
                .the(CronJob.class, PROOF)
                .getSpec()
                .getJobTemplate()
                .getSpec()
                .getTemplate();
    }
}
