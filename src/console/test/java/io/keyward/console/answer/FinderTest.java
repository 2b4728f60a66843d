package io.keyward.console.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.console.answer.SearchAnswer.Hit;
import io.keyward.console.answer.SearchAnswer.Kind;
import io.keyward.console.replica.FilledReplica;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.replica.SearchText;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a search finds.
class FinderTest {
    @TempDir
    private static Path folder;

    private static FilledReplica replica;

    @BeforeAll
    static void fill() {
        replica = FilledReplica.start(folder)
                .givenLines(
                        environment("contoso", "finance-prod", "HR/Payroll \\u0000 of Zürich"),
                        environment("contoso", "sales", "Sales"),
                        environment("fabrikam", "prod", ""),
                        environment("prod", "other", ""),
                        policy("contoso", "finance-prod", "cmk-finance", "kv-contoso", "main"),
                        policy("fabrikam", "prod", "cmk", "kv-fabrikam", "main"),
                        """
                        {"topic":"key-rotated","value":{"eventId":"r","tenantId":"fabrikam","occurredAt":"2026-07-01T09:00:00Z","vaultUri":"https://kv-spare.vault.azure.net","keyName":"unused","newVersion":"v1"}}""");
    }

    @AfterAll
    static void stop() {
        replica.close();
    }

    private static String environment(String tenant, String id, String name) {
        return """
                {"topic":"environment-changed","value":{"eventId":"e%2$s","tenantId":"%1$s","occurredAt":"2026-07-01T08:00:00Z","environmentId":"%2$s","displayName":"%3$s","type":"PRODUCTION","managed":true,"lifecycle":"ACTIVE","cloudFlows":{"count":0},"desktopFlows":{"count":0}}}""".formatted(tenant, id, name);
    }

    private static String policy(String tenant, String environment, String policy, String vault, String key) {
        return """
                {"topic":"policy-applied","value":{"eventId":"p%2$s","tenantId":"%1$s","occurredAt":"2026-07-01T09:00:00Z","environmentId":"%2$s","policyId":"%3$s","key":{"vaultUri":"https://%4$s.vault.azure.net","keyName":"%5$s"}}}""".formatted(tenant, environment, policy, vault, key);
    }

    private static SearchAnswer search(String text, Set<Kind> kinds, int most) {
        try (ReplicaView view = replica.view()) {
            return new Finder(SearchText.of(text), kinds, most).find(view);
        }
    }

    private static List<String> hits(String text) {
        return search(text, EnumSet.allOf(Kind.class), 10).hits().stream()
                .map(FinderTest::words)
                .toList();
    }

    private static String words(Hit hit) {
        String words = switch (hit.found()) {
            case SearchAnswer.Tenant(var tenant) -> "tenant " + tenant;
            case SearchAnswer.Environment(var tenant, var environment, var _) -> tenant + "/" + environment;
            case SearchAnswer.Key(var tenant, var key) -> tenant + " " + key;
            case SearchAnswer.Vault(var vault) -> vault;
            case SearchAnswer.Policy(var tenant, var policy) -> tenant + " policy " + policy;
            case SearchAnswer.Warning(var code) -> code.name();
        };
        return hit.exact() ? words + "!" : words;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nance-pr                               | contoso/finance-prod
            FINANCE-PROD                           | contoso/finance-prod!
            contoso/finance-prod                   | contoso/finance-prod!
            contoso finance pr                     | contoso/finance-prod
            zürich                                 | contoso/finance-prod
            hr/payroll                             | contoso/finance-prod
            hr/payroll   of zürich                 | contoso/finance-prod!
            tos                                    | tenant contoso, contoso/finance-prod, contoso/sales, contoso https://kv-contoso.vault.azure.net/keys/main, https://kv-contoso.vault.azure.net, contoso policy cmk-finance
            fabrikam main                          | fabrikam https://kv-fabrikam.vault.azure.net/keys/main
            kv-fabrikam.vault.azure.net/main       | fabrikam https://kv-fabrikam.vault.azure.net/keys/main!
            kv-fabrikam.vault.azure.net            | https://kv-fabrikam.vault.azure.net!, fabrikam https://kv-fabrikam.vault.azure.net/keys/main
            https://kv-fabrikam.vault.azure.net/keys/main | fabrikam https://kv-fabrikam.vault.azure.net/keys/main!
            spare                                  | fabrikam https://kv-spare.vault.azure.net/keys/unused, https://kv-spare.vault.azure.net
            cmk                                    | fabrikam policy cmk!, contoso policy cmk-finance
            key revok                              | KEY_REVOKED
            key_revoked                            | KEY_REVOKED!
            prod                                   | tenant prod!, fabrikam/prod!, contoso/finance-prod, prod/other
            nothing                                | ''
            """)
    void aTextFindsWhatHasItInItsName(String text, String found) {
        List<String> expected = found.isEmpty() ? List.of() : List.of(found.split(", "));
        assertThat(hits(text)).isEqualTo(expected);
    }

    @Test
    void onlyTheRequestedKindsAreFound() {
        assertThat(search("main", Set.of(Kind.VAULT), 10).hits()).isEmpty();
        assertThat(search("main", Set.of(Kind.KEY), 10).hits()).hasSize(2);
    }

    @Test
    void theBestOfAKindAreReturnedAndThatThereAreMore() {
        SearchAnswer answer = search("a", Set.of(Kind.ENVIRONMENT), 1);
        assertThat(answer.hits()).hasSize(1);
        assertThat(answer.more()).isTrue();
        assertThat(search("sales", Set.of(Kind.ENVIRONMENT), 1).more()).isFalse();
    }

    @Test
    void aTextThatIsTheWholeNameOfOneThingMeansThat() {
        assertThat(search("finance-prod", EnumSet.allOf(Kind.class), 10).only()).isPresent();
        assertThat(search("prod", EnumSet.allOf(Kind.class), 10).only()).isEmpty();
        assertThat(search("fin", EnumSet.allOf(Kind.class), 10).only()).isEmpty();
    }
}
