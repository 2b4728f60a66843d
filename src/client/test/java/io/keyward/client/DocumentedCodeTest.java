package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The Java that documents show compiles against the kit, for the oldest Java that it supports.
class DocumentedCodeTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");

    @TempDir
    private Path classes;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/producers.md", "docs/consumers.md"})
    void whatADocumentShowsCompiles(String document) throws IOException {
        List<String> shown = BLOCK.matcher(Files.readString(Path.of(document)))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(shown).as("Java in %s", document).isNotEmpty().allSatisfy(this::compiles);
    }

    private void compiles(String shown) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        boolean compiled = compiler.getTask(
                        null,
                        null,
                        found,
                        List.of("--release", "17", "-proc:none", "-d", classes.toString()),
                        null,
                        List.of(new Source(inAClass(shown))))
                .call();
        assertThat(found.getDiagnostics().stream()
                        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                        .collect(Collectors.joining("\n")))
                .as(shown)
                .isEmpty();
        assertThat(compiled).isTrue();
    }

    /// With what a reader has of his own.
    private static String inAClass(String shown) {
        return """
                import io.keyward.client.*;
                import io.keyward.event.*;
                import java.time.Instant;
                import java.util.UUID;

                abstract class Shown {
                    String tenant;
                    String environment;
                    Instant eventTime;
                    Object datum;
                    PolicyRemoved event;

                    abstract void deliver(Object datum);

                    abstract void keepForLater(Object datum);

                    abstract void drop(Object datum);

                    abstract void takeBack(Retraction retraction);

                    void shown() throws Exception {
                %s    }
                }
                """.formatted(shown);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        private Source(String text) {
            super(URI.create("string:///Shown.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
