package io.keyward.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.keyward.config.KeywardConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Checks what Helm makes of `deploy/helm/keyward`. With the values that it comes with it is what kustomize makes
/// of the same manifests, which [KubernetesTest] and [IntakeManifestsTest] check.
class ChartTest {
    private static final String PROCESSOR = "keyward";
    private static final Set<String> HELM_ALONE = Set.of(
            "app.kubernetes.io/managed-by",
            "checksum/configuration",
            "helm.sh/chart",
            "helm.sh/resource-policy",
            "imagePullPolicy");

    @TempDir
    private Path folder;

    @Test
    void helmHasNothingToComplainOf() {
        var lint = new Helm(Chart.FOLDER.toAbsolutePath()).lint().strict().call();
        assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "overlays/production intake proof, '{intake: {enabled: true}, proof: {enabled: true}}'",
        "base console intake, '{closed: false, intake: {enabled: true}}'",
        "base, '{closed: false, console: {enabled: false}}'"
    })
    void withoutNamesOfThePlaceItIsWhatKustomizeBuilds(String parts, String values) throws Exception {
        Map<String, String> chart = comparable(chart().manifests(values));
        Map<String, String> kustomize = comparable(kustomize(parts.split(" ")));
        assertThat(chart.keySet()).isEqualTo(kustomize.keySet());
        chart.forEach((name, object) -> assertThat(object).as(name).isEqualTo(kustomize.get(name)));
    }

    /// The folders of manifests and dashboards are links in the repository, and files in the archive.
    @Test
    void theArchiveHoldsAllThatTheFolderShares() throws Exception {
        assertThat(chart().packed().rendered("")).isEqualTo(chart().rendered(""));
    }

    @Test
    void theNamesOfThePlaceAreSaidOnce() throws Exception {
        String rendered = chart().rendered("""
                kafka: {cluster: acme}
                registry: {url: "https://schemas.acme.com"}
                image: {repository: images.acme.com/keyward}
                monitoring: {deploy: "https://git.acme.com/keyward/deploy", labels: {release: prometheus}}
                intake: {enabled: true, host: intake.acme.com, ingressClassName: public}
                """);
        assertThat(rendered.lines())
                .noneMatch(line -> line.matches(".*(\\bkafka-kafka\\b|kafka-cluster-ca|strimzi.io/cluster: kafka"
                        + "|//registry:|image: keyward|runbook_url: deploy/|example.com|ClassName: nginx).*"));
        Manifests manifests = Manifests.read(rendered);
        assertThat(rendered).contains("secretName: acme-cluster-ca-cert", "image: images.acme.com/keyward:0.2.0");
        assertThat(manifests.the(PrometheusRule.class, PROCESSOR).toString())
                .contains("https://git.acme.com/keyward/deploy/runbooks/KeywardDown.md")
                .contains("release=prometheus");
        assertThat(configuration(manifests).kafka().values().get("bootstrap.servers"))
                .hasToString("acme-kafka-bootstrap:9093");
    }

    @Test
    void theImageIsTheOneOfTheDigest() {
        String digest = "sha256:" + "0123456789abcdef".repeat(4);
        Manifests manifests =
                chart().manifests("{image: {tag: latest, digest: \"%s\"}, intake: {enabled: true}}".formatted(digest));
        assertThat(Stream.concat(
                        manifests.all(StatefulSet.class).stream()
                                .map(set -> set.getSpec().getTemplate()),
                        manifests.all(Deployment.class).stream()
                                .map(deployment -> deployment.getSpec().getTemplate())))
                .hasSize(3)
                .flatExtracting(template -> template.getSpec().getContainers())
                .extracting("image")
                .containsOnly("keyward@" + digest);
    }

    @Test
    void settingsOfThePlaceStandInPlaceOfThoseOfTheManifests() throws Exception {
        Manifests manifests = chart().manifests("""
                processor:
                  settings: {keyward.kafka.sasl.mechanism: PLAIN, keyward.state.memory: 512MiB}
                  pod: {priorityClassName: high}
                  resources: {requests: {memory: 3Gi}}
                kafka: {bootstrapServers: "broker:9094", caSecret: authority}
                topics: {create: false}
                users: {create: false}
                networkPolicies: {kafka: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: {kafka: 9094}}
                """);
        KeywardConfig config = configuration(manifests);
        assertThat(config.kafka().values())
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry("bootstrap.servers", "broker:9094");
        assertThat(manifests.objects()).noneMatch(object -> object.getKind().startsWith("Kafka"));
        var pod = manifests
                .the(StatefulSet.class, PROCESSOR)
                .getSpec()
                .getTemplate()
                .getSpec();
        assertThat(pod.getPriorityClassName()).isEqualTo("high");
        assertThat(pod.getContainers().getFirst().getResources().getRequests()).containsOnlyKeys("memory");
        assertThat(pod.getVolumes().toString()).contains("secretName=authority");
        assertThat(manifests
                        .the(NetworkPolicy.class, PROCESSOR)
                        .getSpec()
                        .getEgress()
                        .toString())
                .contains("cidr=10.0.0.0/8", "9094")
                .doesNotContain("strimzi", "9093");
    }

    /// Strimzi deletes the topic of a resource that is deleted, with all that it holds.
    @Test
    void topicsOutliveTheRelease() {
        Manifests manifests = chart().manifests("topics: {partitions: 24, replicas: 1}");
        assertThat(manifests.trees().values())
                .filteredOn(tree -> tree.path("kind").asText().equals("KafkaTopic"))
                .isNotEmpty()
                .allSatisfy(topic -> {
                    assertThat(topic.at("/metadata/annotations/helm.sh~1resource-policy")
                                    .asText())
                            .isEqualTo("keep");
                    assertThat(topic.at("/spec/partitions").asInt()).isEqualTo(24);
                    assertThat(topic.at("/spec/config").has("min.insync.replicas"))
                            .isFalse();
                });
    }

    @Test
    void certificatesAreThoseThatThePodsMount() {
        String rendered = chart().rendered("""
                certificates: {create: true, issuer: {name: acme, kind: ClusterIssuer}}
                intake: {enabled: true}
                """);
        assertThat(Manifests.read(rendered).all(Certificate.class)).hasSize(3).allSatisfy(certificate -> {
            assertThat(certificate.getSpec().getIssuerRef().getKind()).isEqualTo("ClusterIssuer");
            assertThat(rendered).contains("secretName: " + certificate.getSpec().getSecretName() + "\n");
        });
    }

    @Test
    void theAutoscalerSetsHowManyInstancesThereAre() {
        String values = "autoscaling: {enabled: true, max: 12, kind: %s}";
        Manifests keda = chart().manifests(values.formatted("KEDA"));
        ScaledObject scaled = keda.the(ScaledObject.class, PROCESSOR);
        assertThat(scaled.getSpec().scaleTargetRef())
                .isEqualTo(new ScaledObject.Target("apps/v1", "StatefulSet", PROCESSOR));
        Manifests hpa = chart().manifests(values.formatted("HPA"));
        var autoscaler = hpa.the(HorizontalPodAutoscaler.class, PROCESSOR).getSpec();
        assertThat(autoscaler.getBehavior())
                .isEqualTo(scaled.getSpec()
                        .advanced()
                        .horizontalPodAutoscalerConfig()
                        .behavior());
        assertThat(List.of(keda, hpa))
                .extracting(manifests ->
                        manifests.the(StatefulSet.class, PROCESSOR).getSpec().getReplicas())
                .containsOnlyNulls();
        assertThat(autoscaler.getMetrics())
                .extracting(metric -> metric.getExternal().getMetric().getName())
                .containsExactlyElementsOf(recorded(keda).stream()
                        .map(series -> series.replace(':', '_'))
                        .toList());
    }

    /// The series that the autoscaler asks for, each of which the rules record.
    private static List<String> recorded(Manifests keda) {
        List<String> series = keda.the(ScaledObject.class, PROCESSOR).getSpec().triggers().stream()
                .map(trigger -> trigger.metadata().get("query").replaceAll("max\\((.*)\\{.*", "$1"))
                .toList();
        assertThat(keda.trees().get("PrometheusRule keyward").findValuesAsText("record"))
                .containsAll(series);
        return series;
    }

    @Test
    void thereAreNeverMoreInstancesThanPartitions() {
        for (String values : List.of(
                "processor: {replicas: 13}", "autoscaling: {enabled: true, max: 13}", "topics: {partitions: 2}")) {
            assertThatThrownBy(() -> chart().rendered(values))
                    .hasMessageContaining("instances of the processor are wanted, and the inputs have")
                    .hasMessageContaining("topics.partitions");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'proccessor: {replicas: 2}', proccessor",
        "'image: {digest: latest}', /image/digest",
        "'processor: {settings: {state.memory: 1GiB}}', state.memory",
        "'topics: {partitions: many}', /topics/partitions",
        "'monitoring: {deploy: https://git.acme.com/deploy/}', /monitoring/deploy"
    })
    void aValueThatTheChartDoesNotKnowIsRefusedByName(String values, String named) {
        assertThatThrownBy(() -> chart().rendered(values)).hasMessageContaining(named);
    }

    private Chart chart() {
        return new Chart(Chart.FOLDER, folder);
    }

    private KeywardConfig configuration(Manifests manifests) throws Exception {
        return KubernetesTest.configuration(
                        folder,
                        manifests,
                        PROCESSOR,
                        manifests
                                .the(StatefulSet.class, PROCESSOR)
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .getFirst())
                .forRun();
    }

    private Manifests kustomize(String... parts) throws Exception {
        Path overlay = Files.createDirectory(folder.resolve("overlay"));
        Path root = overlay.toAbsolutePath()
                .relativize(Path.of("deploy", "kubernetes").toAbsolutePath());
        Files.writeString(
                overlay.resolve("kustomization.yaml"),
                Stream.of(parts)
                        .map(part -> "  - %s/%s%n".formatted(root, part))
                        .collect(Collectors.joining("", """
                                apiVersion: kustomize.config.k8s.io/v1beta1
                                kind: Kustomization
                                resources:
                                """, "")));
        return KubernetesTest.built(overlay);
    }

    /// Without what Helm alone writes, the hashes that kustomize puts behind the names of ConfigMaps, and the
    /// empty line that it puts into folded text.
    private static Map<String, String> comparable(Manifests manifests) {
        return manifests.trees().entrySet().stream()
                .collect(
                        Collectors.toMap(entry -> withoutHash(entry.getKey()), entry -> withoutHelm(entry.getValue())));
    }

    private static String withoutHelm(JsonNode object) {
        strip(object);
        return withoutHash(object.toPrettyString());
    }

    private static void strip(JsonNode node) {
        node.forEach(ChartTest::strip);
        if (node instanceof ObjectNode object) {
            object.remove(HELM_ALONE);
            object.properties()
                    .removeIf(field -> List.of("labels", "annotations").contains(field.getKey())
                            && field.getValue().isEmpty());
        }
    }

    private static String withoutHash(String text) {
        return text.replaceAll("-[bcdfghkmt2456789]{10}(?=\"|$)", "").replace("\\n\\n", "\\n");
    }
}
