package io.keyward;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.testing.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Comments are formatted as written, and cite existing headings. Comments, messages and documents use the field's
/// words.
class CommentsTest {
    private static final Path UNWANTED = Path.of("src/docs-tests/test/resources/unwanted-words.txt");

    /// A long line, then one or two words of the same sentence, then more of it: the formatter has broken the
    /// first.
    private static final Pattern BROKEN =
            Pattern.compile("(?m)^( *)/// .{90,}\\R\\1/// +(\\S+|\\S+ \\S+)(?<![.:])\\R\\1/// +[^-@ ].*$");

    /// A comment, a text block, a string or a character: what people read in a source, and what could hide it.
    private static final Pattern TEXT =
            Pattern.compile("//[^\\n]*+|(?s:/\\*.*?\\*/)|(?s:\"\"\"(?:[^\"\\\\]++|\\\\.|\"(?!\"\"))*+\"\"\")"
                    + "|\"(?:[^\"\\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)++'");

    /// What a document quotes from programs.
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```|`[^`]*`|\\]\\([^)]*\\)|<!--.*?-->");

    private static final Pattern CITED = Pattern.compile("(docs/\\w+\\.md), \"([^\"]+)\"");

    @Test
    void noCommentIsBrokenInItsMiddle() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path source : Sources.all()) {
            BROKEN.matcher(Files.readString(source))
                    .results()
                    .forEach(found -> broken.add(source + ": " + found.group(2)));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyHeadingThatACommentCitesIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path source : Sources.all()) {
            for (MatchResult cited : CITED.matcher(Files.readString(source).replaceAll("\\R */// +", " "))
                    .results()
                    .toList()) {
                if (Files.readAllLines(Path.of(cited.group(1))).stream()
                        .noneMatch(line -> line.matches("#+ " + Pattern.quote(cited.group(2))))) {
                    missing.add(source + ": " + cited.group());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void noUnwantedWordIsUsed() throws IOException {
        List<Pattern> unwanted = new ArrayList<>();
        for (String line : Files.readAllLines(UNWANTED)) {
            if (!line.startsWith("#")) {
                String word = line.substring(0, line.lastIndexOf(" | "));
                unwanted.add(Pattern.compile("(?i)(?<![\\w.-])(?:" + word + ")(?![\\w-]|\\.\\w)"));
            }
        }
        List<String> found = new ArrayList<>();
        for (Path source : Sources.all()) {
            TEXT.matcher(Files.readString(source))
                    .results()
                    .map(MatchResult::group)
                    .forEach(text -> unwanted.stream()
                            .filter(word -> word.matcher(text).find())
                            .forEach(word -> found.add(source + ": " + word + " in " + text)));
        }
        for (Path document : documents()) {
            String prose = CODE.matcher(Files.readString(document)).replaceAll("");
            unwanted.forEach(
                    word -> word.matcher(prose).results().forEach(match -> found.add(document + ": " + match.group())));
        }
        assertThat(found).as("see %s", UNWANTED).isEmpty();
    }

    /// The log of changes is left as it was written.
    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        for (String folder : List.of("docs", "deploy", "schemas", "topology", "src")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().matches("(?!.*/(?:node_modules|target)/).*\\.md"))
                        .forEach(documents::add);
            }
        }
        return documents;
    }
}
