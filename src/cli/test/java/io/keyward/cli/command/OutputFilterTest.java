package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.keyward.client.Topic;
import io.keyward.topology.read.OutputRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutputFilterTest {
    private static final OutputRecord HR = record("contoso/hr");
    private static final OutputRecord HR_OF_ANOTHER = record("fabrikam/hr/TENANT_REPORTING");
    private static final OutputRecord FINANCE = record("contoso/finance/KEY_REVOKED");
    private static final OutputRecord TENANT = record("contoso//ENVIRONMENT_LIMIT_NEAR");
    private static final OutputRecord TOMBSTONE =
            new OutputRecord.Retracted(Topic.WARNINGS, "contoso/hr/KEY_REVOKED", Instant.EPOCH);
    private static final OutputRecord DEAD_LETTER = new OutputRecord.Refused(
            Optional.of("contoso"), "UNREADABLE", "", JsonNodeFactory.instance.objectNode(), Instant.EPOCH);

    @Test
    void withoutAWishEverythingIsShown() {
        assertThat(all()).allMatch(new OutputFilter(Optional.empty(), Optional.empty())::accepts);
    }

    @Test
    void aTenantsOutputsAreItsEnvironmentsWarningsAndDeadLetters() {
        assertThat(all())
                .filteredOn(new OutputFilter(Optional.of("contoso"), Optional.empty())::accepts)
                .containsExactly(HR, FINANCE, TENANT, TOMBSTONE, DEAD_LETTER);
    }

    @Test
    void anEnvironmentIsFoundInEveryTenant() {
        assertThat(all())
                .filteredOn(new OutputFilter(Optional.empty(), Optional.of("hr"))::accepts)
                .containsExactly(HR, HR_OF_ANOTHER, TOMBSTONE);
    }

    @Test
    void anEnvironmentOfATenantIsOne() {
        assertThat(all())
                .filteredOn(new OutputFilter(Optional.of("contoso"), Optional.of("hr"))::accepts)
                .containsExactly(HR, TOMBSTONE);
    }

    private static Iterable<OutputRecord> all() {
        return List.of(HR, HR_OF_ANOTHER, FINANCE, TENANT, TOMBSTONE, DEAD_LETTER);
    }

    private static OutputRecord record(String key) {
        return new OutputRecord.Published(Topic.WARNINGS, key, JsonNodeFactory.instance.objectNode(), Instant.EPOCH);
    }
}
