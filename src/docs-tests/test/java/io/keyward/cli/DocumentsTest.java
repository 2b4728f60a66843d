package io.keyward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// Each document links to what is there, and names commands and options that there are.
class DocumentsTest {
    private static final List<String> FOLDERS =
            List.of("docs", "deploy", "schemas", "topology", "src/bench", "src/client-js", "src/cli/test/resources");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s:#]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern COMMAND = Pattern.compile("(?<!\\w)bin/keyward ([^`|#;\\n]*)");
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

    static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().matches("(?!.*/node_modules/).*\\.md"))
                        .forEach(documents::add);
            }
        }
        return documents.stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) throws IOException {
        LINK.matcher(prose(document)).results().forEach(link -> {
            Path target = link.group(1).isEmpty()
                    ? document
                    : document.resolveSibling(link.group(1)).normalize();
            assertThat(target).exists();
            if (link.group(2) != null && target.toString().endsWith(".md")) {
                assertThat(anchors(target)).as("headings of %s", target).contains(link.group(2));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandAndOptionIsThere(Path document) throws IOException {
        COMMAND.matcher(Files.readString(document))
                .results()
                .map(MatchResult::group)
                .forEach(line -> {
                    CommandLine command = KeywardCommand.commandLine();
                    for (String word : line.substring("bin/keyward ".length()).split("\\s+", -1)) {
                        if (!command.getSubcommands().isEmpty() && word.matches("[a-z][a-z-]*")) {
                            assertThat(command.getSubcommands()).as(line).containsKey(word);
                            command = command.getSubcommands().get(word);
                        } else if (OPTION.matcher(word).matches()) {
                            assertThat(command.getCommandSpec().optionsMap())
                                    .as(line)
                                    .containsKey(word);
                        }
                    }
                });
    }

    private static String prose(Path document) throws IOException {
        return BLOCK.matcher(Files.readString(document)).replaceAll("");
    }

    /// As GitHub names them.
    private static List<String> anchors(Path document) {
        try {
            return HEADING.matcher(prose(document))
                    .results()
                    .map(heading -> heading.group(1)
                            .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\d_ -]", "")
                            .replace(' ', '-'))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
