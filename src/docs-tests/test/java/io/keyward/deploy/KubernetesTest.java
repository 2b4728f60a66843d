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
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.keyward.client.Topic;
import io.keyward.config.ConsoleSettings;
import io.keyward.config.HttpDefinitions;
import io.keyward.config.HttpSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.testing.InstalledProgram;
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

/// Checks kustomize's output for `deploy/kubernetes`, and Helm's for the chart: every field exists, related settings
/// match, and the
/// processor accepts its configuration. Skipped if kustomize is not installed; CI installs it.
class KubernetesTest {
    private static final Path FOLDER = Path.of("deploy", "kubernetes");
    private static final String PROCESSOR = "keyward";
    private static final String CONSOLE = "keyward-console";

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
    @ValueSource(strings = {"base", "overlays/production", "overlays/development", "chart"})
    void selectorsFindThePods(String overlay) throws Exception {
        Manifests manifests = built(overlay);
        StatefulSet set = manifests.the(StatefulSet.class, PROCESSOR);
        Map<String, String> labels = set.getSpec().getTemplate().getMetadata().getLabels();
        Stream.concat(
                        Stream.of(
                                set.getSpec().getSelector().getMatchLabels(),
                                manifests
                                        .the(Service.class, PROCESSOR)
                                        .getSpec()
                                        .getSelector(),
                                manifests
                                        .the(NetworkPolicy.class, PROCESSOR)
                                        .getSpec()
                                        .getPodSelector()
                                        .getMatchLabels(),
                                manifests
                                        .the(PodMonitor.class, PROCESSOR)
                                        .getSpec()
                                        .getSelector()
                                        .getMatchLabels()),
                        manifests.all(PodDisruptionBudget.class).stream()
                                .filter(budget -> budget.getMetadata().getName().equals(PROCESSOR))
                                .map(budget -> budget.getSpec().getSelector().getMatchLabels()))
                .forEach(selector -> assertThat(labels).isNotEmpty().containsAllEntriesOf(selector));
        assertThat(set.getSpec().getServiceName())
                .isEqualTo(manifests.the(Service.class, PROCESSOR).getMetadata().getName());
        assertThat(labels)
                .containsKey(
                        manifests.the(PodMonitor.class, PROCESSOR).getSpec().getJobLabel());
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/production", "overlays/development", "chart"})
    void aContainerHasNoMoreRightsThanItNeeds(String overlay) throws Exception {
        assertHasNoMoreRightsThanItNeeds(pod(built(overlay)));
    }

    static void assertHasNoMoreRightsThanItNeeds(PodSpec pod) {
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
    @ValueSource(strings = {"base", "overlays/production", "overlays/development", "chart"})
    void everyMountHasItsVolumeAndEveryVolumeItsMount(String overlay) throws Exception {
        StatefulSet set = built(overlay).the(StatefulSet.class, PROCESSOR);
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
    @ValueSource(strings = {"base", "overlays/production", "overlays/development", "chart"})
    void probesAskWhatTheEndpointServes(String overlay) throws Exception {
        StatefulSet set = built(overlay).the(StatefulSet.class, PROCESSOR);
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
    @ValueSource(strings = {"base", "overlays/production", "overlays/development", "chart"})
    void theProcessorTakesTheConfiguration(String overlay) throws Exception {
        KeywardConfig config = configuration(built(overlay)).forRun();
        StatefulSet set = built(overlay).the(StatefulSet.class, PROCESSOR);
        assertThat(config.streams().values()).containsEntry("group.instance.id", "keyward-0");
        assertThat(container(set).getVolumeMounts())
                .filteredOn(mount -> mount.getName().equals("state"))
                .extracting(VolumeMount::getMountPath)
                .containsExactly(config.value(StateSettings.DIR).toString());
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
        assertThat(production.the(PodMonitor.class, PROCESSOR).getSpec().getPodMetricsEndpoints())
                .allSatisfy(endpoint -> {
                    assertThat(endpoint.getScheme()).isEqualToIgnoringCase("https");
                    assertThat(endpoint.getAuthorization().getCredentials().getName())
                            .isEqualTo("keyward-http");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "overlays/production", "overlays/development", "chart"})
    void selectorsOfTheConsoleFindItsPodsAndNoOthers(String overlay) throws Exception {
        Manifests manifests = built(overlay);
        Deployment deployment = manifests.the(Deployment.class, CONSOLE);
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        List<Map<String, String>> selectors = List.of(
                deployment.getSpec().getSelector().getMatchLabels(),
                manifests.the(Service.class, CONSOLE).getSpec().getSelector(),
                manifests
                        .the(NetworkPolicy.class, CONSOLE)
                        .getSpec()
                        .getPodSelector()
                        .getMatchLabels(),
                manifests.the(PodMonitor.class, CONSOLE).getSpec().getSelector().getMatchLabels());
        assertThat(selectors).containsOnly(Map.of("app.kubernetes.io/name", CONSOLE));
        assertThat(labels).containsEntry("app.kubernetes.io/name", CONSOLE);
        assertThat(manifests.all(StatefulSet.class))
                .allSatisfy(set -> assertThat(
                                set.getSpec().getTemplate().getMetadata().getLabels())
                        .containsEntry("app.kubernetes.io/name", PROCESSOR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "overlays/production", "overlays/development", "chart"})
    void theConsoleTakesItsConfigurationAndItsVolumes(String overlay) throws Exception {
        Deployment deployment = built(overlay).the(Deployment.class, CONSOLE);
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        Container container = pod.getContainers().getFirst();
        KeywardConfig config = consoleConfiguration(built(overlay)).forConsole();
        assertHasNoMoreRightsThanItNeeds(pod);
        assertThat(container.getVolumeMounts())
                .filteredOn(mount -> mount.getName().equals("state"))
                .extracting(VolumeMount::getMountPath)
                .containsExactly(config.value(ConsoleSettings.DIR).toString());
        assertThat(container.getVolumeMounts().stream().map(VolumeMount::getName))
                .containsExactlyInAnyOrderElementsOf(
                        pod.getVolumes().stream().map(Volume::getName).toList());
        HttpSettings http = config.http(HttpDefinitions.CONSOLE);
        assertThat(container.getPorts())
                .extracting(ContainerPort::getContainerPort)
                .containsExactly(http.port());
        String scheme = http.files().certificate().isPresent() ? "HTTPS" : null;
        for (Probe probe :
                List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())) {
            assertThat(probe.getHttpGet().getPath()).isIn("/health/live", "/health/ready");
            assertThat(probe.getHttpGet().getScheme()).isEqualTo(scheme);
        }
    }

    @Test
    void whoeverAsksTheConsoleNeedsTheTokenAndInProductionNobodyListensIn() throws Exception {
        for (String overlay : List.of("console", "overlays/production")) {
            HttpSettings http = consoleConfiguration(built(overlay)).http(HttpDefinitions.CONSOLE);
            assertThat(http.open()).isFalse();
            assertThat(http.files().token()).isPresent();
        }
        HttpSettings http = consoleConfiguration(built("overlays/production")).http(HttpDefinitions.CONSOLE);
        assertThat(http.sendsTokenInClear()).isFalse();
        assertThat(built("overlays/production")
                        .the(PodMonitor.class, CONSOLE)
                        .getSpec()
                        .getPodMetricsEndpoints())
                .allSatisfy(endpoint -> {
                    assertThat(endpoint.getScheme()).isEqualToIgnoringCase("https");
                    assertThat(endpoint.getAuthorization().getCredentials().getName())
                            .isEqualTo("keyward-console-http");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/production", "overlays/development", "chart"})
    void everyTopicIsThere(String overlay) throws Exception {
        assertThat(built(overlay).names("KafkaTopic"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Topic.values())
                        .map(topic -> "cmk." + topic.baseName())
                        .toList());
    }

    /// In an overlay as README.md shows it: no name of the place that the base assumes is left.
    @ParameterizedTest
    @ValueSource(strings = {"production", "development"})
    void anOverlayNamesItsPlaceOnce(String below) throws Exception {
        String readme = Files.readString(FOLDER.resolve("README.md"));
        Path overlay = Files.createDirectory(folder.resolve("overlay"));
        Path root = overlay.toAbsolutePath().relativize(FOLDER.toAbsolutePath());
        Files.writeString(overlay.resolve("place.yaml"), yaml(readme, "kind: ConfigMap"));
        Files.writeString(
                overlay.resolve("kustomization.yaml"),
                yaml(readme, "- place.yaml")
                        .replace("../keyward/deploy/kubernetes", root.toString())
                        .replace("overlays/production", "overlays/" + below)
                        .replace("resources:\n", "resources:\n  - " + root.resolve("proof") + "\n"));

        String built = output(overlay);

        assertThat(built.lines())
                .noneMatch(line -> line.matches(".*(\\bkafka-kafka\\b|kafka-cluster-ca|strimzi.io/cluster: kafka"
                        + "|//registry:|image: keyward|runbook_url: deploy/).*"));
        Manifests manifests = Manifests.read(built);
        List<KeywardConfig> configs = List.of(configuration(manifests), consoleConfiguration(manifests));
        assertThat(configs).allSatisfy(config -> {
            assertThat(config.kafka().values().get("bootstrap.servers").toString())
                    .startsWith("acme-kafka-bootstrap:909");
            assertThat(config.registry().values()).containsEntry("url", "https://schemas.acme.com");
        });
        assertThat(built).contains("secretName: acme-cluster-ca-cert", "image: images.acme.com/keyward:");
        assertThat(manifests.all(PrometheusRule.class).toString())
                .contains("https://git.acme.com/keyward/deploy/runbooks/KeywardDown.md");
        assertThat(manifests.names("ConfigMap")).noneMatch(name -> name.contains("place"));
    }

    /// The block of code with this text.
    private static String yaml(String document, String part) {
        return Arrays.stream(document.split("```yaml\n|```\n?"))
                .filter(block -> block.contains("apiVersion") && block.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no example with " + part));
    }

    /// As topology/CHANGES.md promises for an upgrade.
    @Test
    void theStateStaysWhenTheSetIsScaledToZero() throws Exception {
        var policy = built("overlays/production")
                .the(StatefulSet.class, PROCESSOR)
                .getSpec()
                .getPersistentVolumeClaimRetentionPolicy();
        assertThat(List.of(policy.getWhenScaled(), policy.getWhenDeleted())).containsOnly("Retain");
    }

    @Test
    void manifestsAndDocumentsNameTheReleaseToWhichAnUpgradeLeads() throws Exception {
        String release = Files.readAllLines(Path.of("topology", "CHANGES.md")).stream()
                .filter(line -> line.matches("\\| \\d+\\.\\d+\\.\\d+ \\|.*"))
                .reduce((_, last) -> last)
                .map(line -> line.split(" ", 3)[1])
                .orElseThrow();
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<version>" + release + "-SNAPSHOT</version>");
        for (String part : List.of("base", "console", "intake", "proof")) {
            assertThat(Files.readString(FOLDER.resolve(part).resolve("kustomization.yaml")))
                    .contains("newTag: " + release + "\n");
        }
        assertThat(Files.readString(Chart.FOLDER.resolve("Chart.yaml")))
                .contains("\nversion: " + release + "\n", "\nappVersion: " + release + "\n");
        assertThat(Files.readString(FOLDER.resolve("README.md"))).contains("keyward:" + release + "\n");
        assertThat(Files.readString(Path.of("deploy", "asyncapi.yaml"))).contains("version: " + release + "\n");
        assertThat(Files.readString(Path.of("docs", "operations.md"))).contains("keyward:" + release);
    }

    /// The first pod's configuration: its file, overridden by its environment. Secrets are replaced by a
    /// placeholder.
    private KeywardConfig configuration(Manifests manifests) throws IOException {
        return configuration(folder, manifests, PROCESSOR, container(manifests.the(StatefulSet.class, PROCESSOR)));
    }

    private KeywardConfig consoleConfiguration(Manifests manifests) throws IOException {
        Deployment deployment = manifests.the(Deployment.class, CONSOLE);
        return configuration(
                folder,
                manifests,
                CONSOLE,
                deployment.getSpec().getTemplate().getSpec().getContainers().getFirst());
    }

    /// @param folder for files
    /// @param name the name of the ConfigMap, behind which kustomize writes a hash
    static KeywardConfig configuration(Path folder, Manifests manifests, String name, Container container)
            throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "stands in for a secret");
        String properties = manifests.all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().matches(name + "(-[a-z0-9]{10})?"))
                .flatMap(map -> Stream.ofNullable(map.getData().get("keyward.properties")))
                .findFirst()
                .orElseThrow()
                .replace("/etc/keyward/kafka/sasl.jaas.config", secret.toString());
        Path file = Files.writeString(folder.resolve("keyward.properties"), properties);
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), variable.getValue() == null ? "keyward-0" : variable.getValue());
        }
        return KeywardConfig.load(Optional.of(file), environment, new Properties());
    }

    private static PodSpec pod(Manifests manifests) {
        return pod(manifests.the(StatefulSet.class, PROCESSOR));
    }

    private static PodSpec pod(StatefulSet set) {
        return set.getSpec().getTemplate().getSpec();
    }

    private static Container container(StatefulSet set) {
        return pod(set).getContainers().getFirst();
    }

    /// @param overlay a folder for kustomize, or `chart`: what Helm makes of the chart
    private Manifests built(String overlay) throws Exception {
        return overlay.equals("chart") ? new Chart(Chart.FOLDER, folder).manifests("") : built(FOLDER.resolve(overlay));
    }

    static Manifests built(Path overlay) throws Exception {
        return Manifests.read(output(overlay));
    }

    private static String output(Path overlay) throws Exception {
        Assumptions.assumeTrue(new InstalledProgram("kustomize").isInstalled(), "kustomize is not on the PATH");
        Process kustomize = new ProcessBuilder("kustomize", "build", overlay.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String yaml = new String(kustomize.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kustomize.waitFor()).as("kustomize build " + overlay).isZero();
        return yaml;
    }
}
