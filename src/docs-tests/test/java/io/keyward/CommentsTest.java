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
import org.junit.jupiter.api.Test;

/// Comments read as they were written, and name what is there.
class CommentsTest {
    /// A long line, then one or two words of the same sentence, then more of it: the formatter has broken the first.
    private static final Pattern BROKEN =
            Pattern.compile("(?m)^( *)/// .{90,}\\R\\1/// +(\\S+|\\S+ \\S+)(?<![.:])\\R\\1/// +[^-@ ].*$");

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
}
