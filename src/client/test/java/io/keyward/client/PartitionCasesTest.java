package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The table of cases that the partitioner in JavaScript runs, too.
class PartitionCasesTest {
    @Test
    void aKeyIsOnThePartitionOfItsTenant() throws IOException {
        JsonNode cases = new ObjectMapper().readTree(Files.readString(Path.of("src/client/cases/partition.json")));
        assertThat(cases).hasSizeGreaterThan(15);
        for (JsonNode one : cases) {
            assertThat(TenantPartitioner.ofKey(
                            one.get("key").textValue(), one.get("partitions").intValue()))
                    .as("%s", one)
                    .isEqualTo(one.get("partition").intValue());
        }
    }
}
