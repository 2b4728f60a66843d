package io.keyward.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Checks that the SBOM lists every dependency in the product. The build writes it with the jar, except when
/// Maven runs offline.
class SbomIT {
    private static final Path LIST = Path.of("target", "keyward.cdx.json");
    private static final Path JAR = Path.of("target", "keyward.jar");

    @Test
    void everyLibraryOfTheJarIsListedWithLicenceAndDigestAndNoOther() throws IOException {
        Assumptions.assumeTrue(LIST.toFile().exists(), "Maven has worked offline");
        List<JsonNode> components = new ObjectMapper()
                .readTree(LIST.toFile())
                .path("components")
                .valueStream()
                .toList();
        assertThat(components)
                .as("%s; mvn package writes it again", LIST)
                .extracting(component -> component.path("name").asText() + "-"
                        + component.path("version").asText() + ".jar")
                .containsExactlyInAnyOrderElementsOf(libraries());
        assertThat(components).allSatisfy(component -> {
            assertThat(component.path("licenses")).isNotEmpty();
            assertThat(component.path("hashes").findValuesAsText("alg")).contains("SHA-256");
        });
    }

    private static List<String> libraries() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            String path = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return Stream.of(path.split(" "))
                    .map(library -> library.replace("lib/", ""))
                    .toList();
        }
    }
}
