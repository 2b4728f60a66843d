package io.keyward.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.keyward.app.config.HttpSettings;
import io.keyward.app.config.KeywardConfig;
import io.keyward.topology.contract.Topic;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks kustomize's output for `deploy/kubernetes`: every field exists, related settings match, and the
/// processor accepts its configuration. Skipped if kustomize is not installed; CI installs it.
class KubernetesTest {
    private static final Path FOLDER = Path.of("deploy", "kubernetes");

    @TempDir
    private Path folder;

    @Test
    void aFieldThatAKindDoesNotHaveIsFound() {
        assertThatThrownBy(() -> Manifests.read("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: keyward}
                spec: {replica: 3}
                """))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("StatefulSet keyward")
                .hasMessageContaining("\"replica\"");
        assertThatThrownBy(() -> Manifests.read("""
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata: {name: t}
                spec: {partition: 3}
                """)).hasMessageContaining("\"partition\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/production", "overlays/development"})
    void selectorsFindThePods(String overlay) throws Exception {
        Manifests manifests = built(overlay);
        StatefulSet set = manifests.the(StatefulSet.class);
        Map<String, String> labels = set.getSpec().getTemplate().getMetadata().getLabels();
        Stream.concat(
                        Stream.of(
                                set.getSpec().getSelector().getMatchLabels(),
                                manifests.the(Service.class).getSpec().getSelector(),
                                manifests
                                        .the(NetworkPolicy.class)
                                        .getSpec()
                                        .getPodSelector()
                                        .getMatchLabels(),
                                manifests
                                        .the(PodMonitor.class)
                                        .getSpec()
                                        .getSelector()
                                        .getMatchLabels()),
                        manifests.all(PodDisruptionBudget.class).stream()
                                .map(budget -> budget.getSpec().getSelector().getMatchLabels()))
                .forEach(selector -> assertThat(labels).isNotEmpty().containsAllEntriesOf(selector));
        assertThat(set.getSpec().getServiceName())
                .isEqualTo(manifests.the(Service.class).getMetadata().getName());
        assertThat(labels).containsKey(manifests.the(PodMonitor.class).getSpec().getJobLabel());
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/production", "overlays/development"})
    void aContainerHasNoMoreRightsThanItNeeds(String overlay) throws Exception {
        PodSpec pod = pod(built(overlay));
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isGreaterThanOrEqualTo(1000);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getContainers()).allSatisfy(container -> {
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/production", "overlays/development"})
    void everyMountHasItsVolumeAndEveryVolumeItsMount(String overlay) throws Exception {
        StatefulSet set = built(overlay).the(StatefulSet.class);
        Set<String> volumes = Stream.concat(
                        pod(set).getVolumes().stream().map(Volume::getName),
                        set.getSpec().getVolumeClaimTemplates().stream()
                                .map(claim -> claim.getMetadata().getName()))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> mounts = container(set).getVolumeMounts().stream()
                .map(VolumeMount::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(mounts).isEqualTo(volumes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/production", "overlays/development"})
    void probesAskWhatTheEndpointServes(String overlay) throws Exception {
        StatefulSet set = built(overlay).the(StatefulSet.class);
        Container container = container(set);
        HttpSettings http = configuration(built(overlay)).http();
        Map<String, Integer> ports = container.getPorts().stream()
                .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
        assertThat(ports)
                .isEqualTo(
                        Map.of("http", http.port(), "probes", http.probePort().orElseThrow()));
        for (Probe probe :
                List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())) {
            assertThat(probe.getHttpGet().getPath()).isIn("/health/live", "/health/ready");
            assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("probes");
            assertThat(probe.getHttpGet().getScheme()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/production", "overlays/development"})
    void theProcessorTakesTheConfiguration(String overlay) throws Exception {
        KeywardConfig config = configuration(built(overlay)).forRun();
        StatefulSet set = built(overlay).the(StatefulSet.class);
        assertThat(config.streams().values()).containsEntry("group.instance.id", "keyward-0");
        assertThat(container(set).getVolumeMounts())
                .filteredOn(mount -> mount.getName().equals("state"))
                .extracting(VolumeMount::getMountPath)
                .containsExactly(config.state().dir().orElseThrow().toString());
        // After a stop signal, an instance stops within 30 seconds.
        assertThat(pod(set).getTerminationGracePeriodSeconds()).isGreaterThan(30);
    }

    @Test
    void inProductionNobodyReadsWithoutTheToken() throws Exception {
        Manifests production = built("overlays/production");
        HttpSettings http = configuration(production).http();
        assertThat(http.open()).isFalse();
        assertThat(http.files().token()).isPresent();
        assertThat(http.files().certificate()).isPresent();
        assertThat(production.the(PodMonitor.class).getSpec().getPodMetricsEndpoints())
                .allSatisfy(endpoint -> {
                    assertThat(endpoint.getScheme()).isEqualToIgnoringCase("https");
                    assertThat(endpoint.getAuthorization().getCredentials().getName())
                            .isEqualTo("keyward-http");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/production", "overlays/development"})
    void everyTopicIsThere(String overlay) throws Exception {
        assertThat(built(overlay).names("KafkaTopic"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Topic.values())
                        .map(topic -> "cmk." + topic.baseName())
                        .toList());
    }

    /// The first pod's configuration: its file, overridden by its environment. Secrets are replaced by a
    /// placeholder.
    private KeywardConfig configuration(Manifests manifests) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "stands in for a secret");
        String properties = manifests.all(ConfigMap.class).stream()
                .flatMap(map -> Stream.ofNullable(map.getData().get("keyward.properties")))
                .findFirst()
                .orElseThrow()
                .replace("/etc/keyward/kafka/sasl.jaas.config", secret.toString());
        Path file = Files.writeString(folder.resolve("keyward.properties"), properties);
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : container(manifests.the(StatefulSet.class)).getEnv()) {
            environment.put(variable.getName(), variable.getValue() == null ? "keyward-0" : variable.getValue());
        }
        return KeywardConfig.load(Optional.of(file), environment, new Properties());
    }

    private static PodSpec pod(Manifests manifests) {
        return pod(manifests.the(StatefulSet.class));
    }

    private static PodSpec pod(StatefulSet set) {
        return set.getSpec().getTemplate().getSpec();
    }

    private static Container container(StatefulSet set) {
        return pod(set).getContainers().getFirst();
    }

    static Manifests built(String overlay) throws Exception {
        Assumptions.assumeTrue(isInstalled("kustomize"), "kustomize is not on the PATH");
        Process kustomize = new ProcessBuilder("kustomize", "build", overlay)
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String yaml = new String(kustomize.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kustomize.waitFor()).as("kustomize build " + overlay).isZero();
        return Manifests.read(yaml);
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> new File(path, program).canExecute());
    }
}
