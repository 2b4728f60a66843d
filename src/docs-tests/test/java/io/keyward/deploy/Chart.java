package io.keyward.deploy;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The Helm chart, rendered by Helm, which the library helm-java holds.
///
/// @param path its folder, or the archive that was made of it
/// @param work a folder for files
record Chart(Path path, Path work) {
    static final Path FOLDER = Path.of("deploy", "helm", "keyward");

    private static final String NAMESPACE = "cmk";

    /// What `helm template` writes with these values, which are YAML.
    ///
    /// @throws IllegalStateException with Helm's reason, if it refuses the values
    String rendered(String values) {
        return new Helm(path.toAbsolutePath())
                .template()
                .withName("release")
                .withNamespace(NAMESPACE)
                .withKubeVersion("1.33.0")
                .withValuesFile(file(values))
                .call();
    }

    Manifests manifests(String values) {
        return Manifests.read(rendered(values));
    }

    /// What `helm package` makes of it.
    Chart packed() throws IOException {
        new Helm(path.toAbsolutePath()).packageIt().withDestination(work).call();
        try (var files = Files.newDirectoryStream(work, "*.tgz")) {
            return new Chart(files.iterator().next(), work);
        }
    }

    private Path file(String values) {
        try {
            return Files.writeString(work.resolve("values.yaml"), values);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
