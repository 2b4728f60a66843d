package io.keyward.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Checks that generated files are up to date. With `-Ddeploy.write=true` it writes them.
class DerivedFilesTest {
    private static final Pattern TABLE = Pattern.compile("(?s)\\| user \\| may \\| on \\|\\n.*?\\n(?=\\n)");

    @Test
    void theTopicsOfStrimziAreThoseOfTheContract() throws IOException {
        says(DerivedFiles.BASE.resolve("kafka-topics.yaml"), _ -> DerivedFiles.kafkaTopics());
    }

    @Test
    void theUsersOfStrimziMayDoWhatIsOnTheAccessList() throws IOException {
        says(DerivedFiles.BASE.resolve("kafka-users.yaml"), _ -> DerivedFiles.kafkaUsers());
    }

    @Test
    void theAlertsOfTheOperatorAreThoseOfPrometheus() throws IOException {
        String rule = DerivedFiles.prometheusRule();
        says(DerivedFiles.BASE.resolve("prometheus-rule.yaml"), _ -> rule);
        assertThat(DerivedFiles.yaml(DerivedFiles.BASE.resolve("prometheus-rule.yaml"))
                        .path("spec")
                        .path("groups"))
                .isEqualTo(DerivedFiles.yaml(Path.of("deploy", "prometheus", "alerts.yaml"))
                        .path("groups"));
    }

    @Test
    void theDocumentedAccessListIsTheProvenOne() throws IOException {
        says(
                Path.of("docs", "security.md"),
                document -> TABLE.matcher(document).replaceFirst(Matcher.quoteReplacement(DerivedFiles.accessTable())));
        assertThat(Files.readString(Path.of("docs", "security.md"))).contains(DerivedFiles.accessTable());
    }

    private static void says(Path file, UnaryOperator<String> wanted) throws IOException {
        String now = Files.readString(file);
        String right = wanted.apply(now);
        if (Boolean.getBoolean("deploy.write")) {
            Files.writeString(file, right);
        } else {
            assertThat(now)
                    .as("%s; mvn test -Dtest=DerivedFilesTest -Ddeploy.write=true writes it anew", file)
                    .isEqualTo(right);
        }
    }
}
