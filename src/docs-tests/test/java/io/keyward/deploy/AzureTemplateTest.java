package io.keyward.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.TenantId;
import io.keyward.intake.Finding;
import io.keyward.intake.Item;
import io.keyward.intake.eventgrid.EventGridEndpoints;
import io.keyward.intake.eventgrid.EventGridReader;
import io.keyward.intake.eventgrid.Limits;
import io.keyward.ops.http.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks what can be checked of `deploy/azure/intake.bicep` without a compiler: names that must be the product's, and
/// that what is declared is used and what is used is declared.
class AzureTemplateTest {
    private static final String TEMPLATE = read();

    /// Without comments.
    private static final String CODE = TEMPLATE.replaceAll("(?m)^ *//.*$", "");

    private static final Pattern PARAMETER = Pattern.compile("(?m)^param (\\w+) (\\w+)");
    private static final Pattern RESOURCE = Pattern.compile("(?m)^resource (\\w+) '([\\w./]+)@([\\w-]+)'");

    @Test
    void eventsGoToTheTenantsWebhook() {
        assertThat(CODE).contains("'https://${intakeHost}" + webhooks() + "${uriComponent(tenantId)}'");
    }

    @Test
    void theSecretIsWhereTheWebhookLooksForItAndNobodySeesIt() {
        assertThat(CODE)
                .containsPattern("name: 'Authorization'\\s+type: 'Static'\\s+properties: \\{\\s+"
                        + "value: 'Bearer \\$\\{secret}'\\s+isSecret: true")
                .contains("'?code=${uriComponent(secret)}'")
                .containsPattern("@secure\\(\\)\\s+@minLength\\(16\\)\\s+param secret string");
        assertThat(CODE.lines().filter(line -> line.startsWith("output")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("secret"));
    }

    /// All types that Azure documents. Those that say nothing to the intake would be sent in vain.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "KeyNewVersionCreated",
                "KeyNearExpiry",
                "KeyExpired",
                "VaultAccessPolicyChanged",
                "SecretNewVersionCreated",
                "SecretNearExpiry",
                "SecretExpired",
                "CertificateNewVersionCreated",
                "CertificateNearExpiry",
                "CertificateExpired"
            })
    void whatSaysSomethingToTheIntakeIsSubscribedToAndNothingElse(String type) {
        String event = """
                {"specversion": "1.0", "id": "1", "type": "Microsoft.KeyVault.%s", "time": "2026-03-01T10:00:00Z",
                 "source": "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv",
                 "data": {"Id": "https://kv.vault.azure.net/keys/k/v1", "EXP": 1800000000}}
                """.formatted(type);
        List<Item> items = EventGridReader.read(new TenantId("contoso"), event.getBytes(StandardCharsets.UTF_8));
        assertThat(items).singleElement().satisfies(item -> {
            assertThat(item.finding()).isNotInstanceOf(Finding.Refused.class);
            assertThat(CODE.contains("'Microsoft.KeyVault." + type + "'"))
                    .isEqualTo(!(item.finding() instanceof Finding.Irrelevant));
        });
    }

    /// Whatever is sent of the subscription is a hint, and all that is one is sent.
    @Test
    void changesOfResourcesThatHintAtKeysAreSubscribedToAndNoOthers() {
        List<String> operations = Pattern.compile("'(Microsoft\\.\\w+/\\w+)/'")
                .matcher(block("resourceSubscription"))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(operations).hasSize(4);
        List<String> types = Pattern.compile("'(Microsoft\\.Resources\\.Resource\\w+)'")
                .matcher(block("resourceSubscription"))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(types).hasSize(3);
        for (String type : types) {
            assertThat(operations)
                    .allSatisfy(
                            resource -> assertThat(hintsAtKeys(type, resource)).isTrue());
        }
        assertThat(hintsAtKeys(types.getFirst(), "Microsoft.Storage/storageAccounts"))
                .isFalse();
    }

    private static boolean hintsAtKeys(String type, String resource) {
        String event = """
                {"specversion": "1.0", "id": "1", "type": "%s", "time": "2026-03-01T10:00:00Z", "source": "/subscriptions/s",
                 "subject": "/subscriptions/s/resourceGroups/g/providers/%s/name"}
                """.formatted(type, resource);
        List<Item> items = EventGridReader.read(new TenantId("contoso"), event.getBytes(StandardCharsets.UTF_8));
        return items.getFirst().finding() instanceof Finding.Hint;
    }

    @Test
    void eventGridTriesAsLongAsItCan() {
        assertThat(CODE).contains("maxDeliveryAttempts: 30", "eventTimeToLiveInMinutes: 1440");
        assertThat(CODE).contains("eventDeliverySchema: 'CloudEventSchemaV1_0'");
    }

    @Test
    void everyParameterIsDescribedAndUsed() {
        List<MatchResult> parameters = PARAMETER.matcher(CODE).results().toList();
        assertThat(parameters).isNotEmpty().allSatisfy(parameter -> {
            assertThat(CODE.substring(0, parameter.start()))
                    .as(parameter.group(1))
                    .containsPattern("@description\\('[^']+'\\)\\s+(@\\w+\\(\\d*\\)\\s+)*$");
            assertThat(uses(parameter.group(1))).as(parameter.group(1)).isGreaterThan(1);
        });
    }

    static Stream<String> references() {
        return Stream.concat(
                        Pattern.compile("(?m)^  (?:parent|scope): (\\w+)$")
                                .matcher(CODE)
                                .results(),
                        Pattern.compile("(?<![\\w.'/])(\\w+)\\.(?:id|name)\\b")
                                .matcher(CODE)
                                .results())
                .map(match -> match.group(1))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("references")
    void whatIsReferredToIsDeclared(String name) {
        assertThat(RESOURCE.matcher(CODE).results().map(match -> match.group(1)))
                .contains(name);
    }

    /// A child's type begins with that of its parent.
    @Test
    void childrenHaveTheParentsOfTheirTypes() {
        Map<String, String> types = RESOURCE.matcher(CODE)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
        assertThat(types).allSatisfy((name, type) -> {
            var parent = Pattern.compile("(?m)^  parent: (\\w+)$").matcher(block(name));
            if (parent.find()) {
                assertThat(type).isEqualTo(types.get(parent.group(1)) + type.substring(type.lastIndexOf('/')));
            } else {
                assertThat(type.split("/", -1)).as(name).hasSize(2);
            }
        });
    }

    @Test
    void bracketsAndQuotesAreClosed() {
        String outside = CODE.replaceAll("'[^'\\n]*'", "");
        assertThat(outside).doesNotContain("'");
        for (String pair : List.of("{}", "[]", "()")) {
            assertThat(outside.chars().filter(sign -> sign == pair.charAt(0)).count())
                    .as(pair)
                    .isEqualTo(outside.chars()
                            .filter(sign -> sign == pair.charAt(1))
                            .count());
        }
    }

    /// The path of the webhooks, up to the id of the tenant.
    static String webhooks() {
        Limits limits = new Limits(List.of(), Duration.ofSeconds(1), 1);
        List<String> paths = EventGridEndpoints.all(null, null, null, limits).stream()
                .map(Endpoint::path)
                .distinct()
                .toList();
        assertThat(paths).singleElement().asString().endsWith("/{tenant}");
        return paths.getFirst().replace("{tenant}", "");
    }

    private static long uses(String name) {
        return Pattern.compile("\\b" + name + "\\b").matcher(CODE).results().count();
    }

    private static String block(String resource) {
        int start = CODE.indexOf("resource " + resource + " ");
        return CODE.substring(start, CODE.indexOf("\n}\n", start));
    }

    private static String read() {
        try {
            return Files.readString(Path.of("deploy", "azure", "intake.bicep"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
