package io.keyward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/// Whom the build asks for artifacts.
class RepositoriesTest {
    @Test
    void onlyTheProfileConfluentAsksAnybodyButMavenCentral() throws Exception {
        assertThat(texts("//repository/id | //pluginRepository/id | //snapshotRepository/id"))
                .containsExactly("confluent");
        assertThat(texts("//profile[id='confluent']/repositories/repository/url"))
                .containsExactly("${confluent.repository}");
        assertThat(texts("//profile[id='confluent']/activation")).isEmpty();
    }

    private static List<String> texts(String path) throws Exception {
        var pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse("pom.xml");
        var found = (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts;
    }
}
