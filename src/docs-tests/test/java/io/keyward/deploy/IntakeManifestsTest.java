package io.keyward.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMetricsEndpoint;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.keyward.config.HttpDefinitions;
import io.keyward.config.HttpSettings;
import io.keyward.config.IntakeSettings;
import io.keyward.config.KeywardConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checks kustomize's output for `deploy/kubernetes/intake`, as [KubernetesTest] does for the rest.
class IntakeManifestsTest {
    private static final String INTAKE = "keyward-intake";

    @TempDir
    private Path folder;

    @Test
    void aFieldThatAnIngressDoesNotHaveIsFound() {
        assertThatThrownBy(() -> Manifests.read("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: i}
                spec: {ingressClass: nginx}
                """)).hasMessageContaining("\"ingressClass\"");
    }

    @Test
    void selectorsFindItsPodsAndNoOthers() throws Exception {
        Manifests intake = intake();
        Deployment deployment = intake.the(Deployment.class, INTAKE);
        assertThat(Stream.of(
                        deployment.getSpec().getSelector().getMatchLabels(),
                        intake.the(Service.class, INTAKE).getSpec().getSelector(),
                        intake.the(NetworkPolicy.class, INTAKE)
                                .getSpec()
                                .getPodSelector()
                                .getMatchLabels(),
                        intake.the(PodDisruptionBudget.class, INTAKE)
                                .getSpec()
                                .getSelector()
                                .getMatchLabels(),
                        intake.the(PodMonitor.class, INTAKE)
                                .getSpec()
                                .getSelector()
                                .getMatchLabels()))
                .containsOnly(Map.of("app.kubernetes.io/name", INTAKE));
        assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/name", INTAKE);
        assertThat(deployment.getSpec().getReplicas()).isGreaterThan(1);
    }

    @Test
    void itStandsBesideTheProcessor() throws Exception {
        Path overlay = Files.createDirectory(folder.resolve("overlay"));
        String resources = Stream.of("overlays/production", "intake")
                .map(part -> overlay.toAbsolutePath()
                        .relativize(Path.of("deploy", "kubernetes", part).toAbsolutePath()))
                .map(path -> "  - " + path)
                .collect(Collectors.joining("\n"));
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources:
                """ + resources + "\n");
        Manifests both = KubernetesTest.built(overlay);
        assertThat(both.names("Deployment")).contains(INTAKE, "keyward-console");
        assertThat(both.names("KafkaUser")).contains(INTAKE);
    }

    @Test
    void theContainerHasNoMoreRightsThanItNeedsAndNotTheIdentityOfTheProcessor() throws Exception {
        Manifests intake = intake();
        KubernetesTest.assertHasNoMoreRightsThanItNeeds(pod(intake));
        String account = pod(intake).getServiceAccountName();
        assertThat(intake.the(ServiceAccount.class, account).getAutomountServiceAccountToken())
                .isFalse();
        assertThat(account).isNotEqualTo("keyward");
    }

    @Test
    void theIntakeTakesTheConfigurationAndFindsItsFiles() throws Exception {
        Manifests intake = intake();
        KeywardConfig config = configuration(intake).forIntake();
        Map<String, Volume> volumes =
                pod(intake).getVolumes().stream().collect(Collectors.toMap(Volume::getName, volume -> volume));
        assertThat(container(intake).getVolumeMounts().stream().map(VolumeMount::getName))
                .containsExactlyInAnyOrderElementsOf(volumes.keySet());
        VolumeMount tenants = mount(intake, config.value(IntakeSettings.SECRETS_DIR));
        // A mount with a subPath never changes.
        assertThat(tenants.getSubPath()).isNull();
        assertThat(volumes.get(tenants.getName()).getSecret().getSecretName()).isEqualTo(INTAKE + "-tenants");
        for (Path file : List.of(
                config.http(HttpDefinitions.INTAKE).files().certificate().orElseThrow(),
                config.http(HttpDefinitions.INTAKE).files().key().orElseThrow(),
                config.http().files().token().orElseThrow())) {
            assertThat(volumes.get(mount(intake, file).getName()).getSecret()).isNotNull();
        }
        assertThat(pod(intake).getTerminationGracePeriodSeconds())
                .isGreaterThan(config.value(IntakeSettings.TIMEOUT).toSeconds());
    }

    @Test
    void everythingButTheProbesIsClosedAndEncrypted() throws Exception {
        Manifests intake = intake();
        KeywardConfig config = configuration(intake);
        HttpSettings operations = config.http();
        assertThat(operations.open()).isFalse();
        assertThat(operations.files().token()).isPresent();
        assertThat(operations.files().certificate()).isPresent();
        assertThat(config.http(HttpDefinitions.INTAKE).files().certificate()).isPresent();
        assertThat(container(intake).getPorts().stream()
                        .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort)))
                .isEqualTo(Map.of(
                        "webhooks", config.http(HttpDefinitions.INTAKE).port(),
                        "http", operations.port(),
                        "probes", operations.probePort().orElseThrow()));
        Container container = container(intake);
        for (Probe probe :
                List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())) {
            assertThat(probe.getHttpGet().getPath()).isIn("/health/live", "/health/ready");
            assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("probes");
        }
        PodMetricsEndpoint scrape = intake.the(PodMonitor.class, INTAKE).getSpec().getPodMetricsEndpoints().stream()
                .findFirst()
                .orElseThrow();
        assertThat(scrape.getPort()).isEqualTo("http");
        assertThat(scrape.getScheme()).isEqualToIgnoringCase("https");
        assertThat(scrape.getAuthorization().getCredentials().getName()).isEqualTo(INTAKE + "-http");
    }

    @Test
    void azureReachesTheWebhooksOverTlsAndNothingElse() throws Exception {
        Manifests intake = intake();
        Ingress ingress = intake.the(Ingress.class, INTAKE);
        IngressSpec spec = ingress.getSpec();
        assertThat(spec.getRules()).hasSize(1).allSatisfy(rule -> {
            assertThat(spec.getTls()).flatExtracting(tls -> tls.getHosts()).containsExactly(rule.getHost());
            assertThat(rule.getHttp().getPaths())
                    .extracting(HTTPIngressPath::getPath)
                    .containsExactly(AzureTemplateTest.webhooks().replaceFirst("/$", ""));
            assertThat(rule.getHttp().getPaths()).allSatisfy(path -> {
                assertThat(path.getBackend().getService().getName()).isEqualTo(INTAKE);
                assertThat(path.getBackend().getService().getPort().getName()).isEqualTo("webhooks");
            });
        });
        assertThat(ingress.getMetadata().getAnnotations())
                .containsEntry("nginx.ingress.kubernetes.io/backend-protocol", "HTTPS")
                .containsEntry(
                        "nginx.ingress.kubernetes.io/proxy-body-size",
                        configuration(intake).value(IntakeSettings.LARGEST_BODY) / 1_048_576 + "m");
        assertThat(intake.the(Service.class, INTAKE).getSpec().getPorts())
                .extracting(port -> port.getTargetPort().getStrVal())
                .containsExactly("webhooks");
        // One rule for the ingress controller, one for Prometheus, and none for the port of the probes.
        List<NetworkPolicyIngressRule> rules =
                intake.the(NetworkPolicy.class, INTAKE).getSpec().getIngress();
        assertThat(rules)
                .allSatisfy(rule -> assertThat(rule.getFrom()).isNotEmpty())
                .flatExtracting(NetworkPolicyIngressRule::getPorts)
                .extracting(port -> port.getPort().getStrVal())
                .containsExactly("webhooks", "http");
    }

    private static Manifests intake() throws Exception {
        return KubernetesTest.built(Path.of("deploy", "kubernetes", "intake"));
    }

    private KeywardConfig configuration(Manifests intake) throws Exception {
        return KubernetesTest.configuration(folder, intake, INTAKE, container(intake));
    }

    /// The innermost mount that holds this path.
    private static VolumeMount mount(Manifests intake, Path path) {
        return container(intake).getVolumeMounts().stream()
                .filter(mount -> path.startsWith(mount.getMountPath()))
                .max(Comparator.comparingInt(mount -> mount.getMountPath().length()))
                .orElseThrow();
    }

    private static PodSpec pod(Manifests intake) {
        return intake.the(Deployment.class, INTAKE).getSpec().getTemplate().getSpec();
    }

    private static Container container(Manifests intake) {
        return pod(intake).getContainers().getFirst();
    }
}
