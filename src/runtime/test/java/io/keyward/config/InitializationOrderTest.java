package io.keyward.config;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitializationOrderTest {
    /// Commands initialize these classes in different orders; no class may need one that is not initialized yet.
    @ParameterizedTest
    @ValueSource(strings = {"KeywardConfig", "VaultSettings", "VaultAccess", "Parsers"})
    void settingsAreCompleteWhicheverClassIsTouchedFirst(String first) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        URL[] classes = Arrays.stream(classPath.split(File.pathSeparator, -1))
                .map(InitializationOrderTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader fresh = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
            assertThatCode(() -> {
                        Class.forName("io.keyward.config." + first, true, fresh);
                        Class.forName("io.keyward.config.KeywardConfig", true, fresh);
                    })
                    .doesNotThrowAnyException();
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
