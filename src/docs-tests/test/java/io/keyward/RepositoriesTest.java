package io.keyward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/// Whom the build asks for artifacts, and for which it does not.
class RepositoriesTest {
    @Test
    void onlyTheProfileConfluentAsksAnybodyButMavenCentral() throws Exception {
        assertThat(texts("//repository/id | //pluginRepository/id | //snapshotRepository/id"))
                .containsExactly("confluent");
        assertThat(texts("//profile[id='confluent']/repositories/repository/url"))
                .containsExactly("${confluent.repository}");
        assertThat(texts("//profile[id='confluent']/activation")).isEmpty();
    }

    /// docs/decisions/0002-configuration.md says so.
    @Test
    void noLibraryForConfigurationIsShipped() throws Exception {
        assertThat(texts("//dependency/groupId")).isNotEmpty().noneMatch(group -> group.startsWith("io.smallrye"));
    }

    private static List<String> texts(String path) throws Exception {
        List<String> texts = new ArrayList<>();
        for (Path pom : poms()) {
            var read = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
            var found = (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, read, XPathConstants.NODESET);
            for (int i = 0; i < found.getLength(); i++) {
                texts.add(found.item(i).getTextContent());
            }
        }
        return texts;
    }

    private static List<Path> poms() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of("src"))) {
            Stream<Path> poms = modules.map(module -> module.resolve("pom.xml")).filter(Files::exists);
            return Stream.concat(Stream.of(Path.of("pom.xml")), poms).toList();
        }
    }
}
