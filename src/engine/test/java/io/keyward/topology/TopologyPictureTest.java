package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

/// Keeps `topology/topology.txt` and `topology/topology.mmd` in sync with the code. After an intended change,
/// write them again with `mvn test -Dtest=TopologyPictureTest -Dtopology.write=true`, and describe its effect
/// in `topology/CHANGES.md`.
class TopologyPictureTest {
    private static final Path FOLDER = Path.of("topology");
    private static final String HINT =
            "Run mvn test -Dtest=TopologyPictureTest -Dtopology.write=true and note the change in topology/CHANGES.md";

    @Test
    void theDescriptionInTheRepositoryIsTheTopologys() throws IOException {
        check("topology.txt", description().toString());
    }

    @Test
    void thePictureInTheRepositoryIsTheTopologys() throws IOException {
        check("topology.mmd", TopologyPicture.mermaid(description()));
    }

    @Test
    void itIsOneSubTopologyWithSixStores() {
        assertThat(description().subtopologies()).hasSize(1);
        assertThat(description().globalStores()).isEmpty();
        assertThat(TopologyPicture.mermaid(description()).lines().filter(line -> line.contains("[(")))
                .hasSize(6);
    }

    @Test
    void everyNameIsOursAndNoneEndsInTenDigits() {
        Pattern generated = Pattern.compile("KSTREAM|KTABLE|\\d{10}$");
        description()
                .subtopologies()
                .iterator()
                .next()
                .nodes()
                .forEach(node -> assertThat(node.name()).doesNotContainPattern(generated));
    }

    private static TopologyDescription description() {
        try (TopologyHarness harness = TopologyHarness.start()) {
            return harness.description();
        }
    }

    private static void check(String file, String truth) throws IOException {
        Path path = FOLDER.resolve(file);
        if (Boolean.getBoolean("topology.write")) {
            Files.writeString(path, truth);
        }
        assertThat(Files.readString(path, StandardCharsets.UTF_8)).as(HINT).isEqualTo(truth);
    }
}
