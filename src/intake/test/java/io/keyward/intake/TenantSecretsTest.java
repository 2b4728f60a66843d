package io.keyward.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.domain.id.TenantId;
import io.keyward.testing.RecordingLogger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whose secret is taken, and what becomes of files that change.
class TenantSecretsTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final String OLD = "old-secret-of-contoso";
    private static final String NEW = "new+secret/of=contoso";
    private static final String OTHER = "a-secret-of-fabrikam";

    @TempDir
    private Path folder;

    private final RecordingLogger log = new RecordingLogger();
    private long now = Long.MAX_VALUE - 1;

    @Test
    void aSecretIsTakenForItsOwnTenantOnly() throws IOException {
        write("contoso", OLD + "\n");
        write("fabrikam", OTHER);
        TenantSecrets secrets = read();
        assertThat(secrets.tenant("contoso", List.of(OLD))).contains(CONTOSO);
        assertThat(secrets.tenant("contoso", List.of("", OLD, "x"))).contains(CONTOSO);
        assertThat(secrets.tenant("fabrikam", List.of(OTHER))).contains(new TenantId("fabrikam"));
        for (List<String> wrong : List.of(
                List.<String>of(),
                List.of(""),
                List.of(OTHER),
                List.of(OLD + "\n"),
                List.of(OLD.toUpperCase(Locale.ROOT)))) {
            assertThat(secrets.tenant("contoso", wrong)).isEmpty();
        }
        assertThat(secrets.tenants()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adatum", "Contoso", "", " ", "a/b", "../contoso", ".", "conto\u0000so", "contoso/"})
    void anUnknownTenantHasNoSecret(String name) throws IOException {
        write("contoso", OLD);
        assertThat(read().tenant(name, List.of(OLD, ""))).isEmpty();
    }

    @Test
    void aSecretIsReplacedWithoutAGap() throws IOException {
        write("contoso", OLD);
        TenantSecrets secrets = read();
        write("contoso", "\n  " + OLD + " \r\n" + NEW);
        later();
        assertTaken(secrets, OLD, NEW);
        write("contoso", NEW + "\n\n");
        later();
        assertTaken(secrets, NEW);
        assertThat(secrets.tenant("contoso", List.of(OLD))).isEmpty();
    }

    @Test
    void theFolderIsNotReadForEachRequest() throws IOException {
        write("contoso", OLD);
        TenantSecrets secrets = read();
        write("contoso", NEW);
        assertTaken(secrets, OLD);
        later();
        assertTaken(secrets, NEW);
    }

    @Test
    void filesComeAndGo() throws IOException {
        TenantSecrets secrets = read();
        assertThat(secrets.tenants()).isZero();
        write("contoso", OLD);
        later();
        assertThat(secrets.tenants()).isOne();
        assertTaken(secrets, OLD);
        Files.delete(folder.resolve("contoso"));
        later();
        assertThat(secrets.tenant("contoso", List.of(OLD))).isEmpty();
        assertThat(secrets.tenants()).isZero();
        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n \n",
                "fifteen-letters",
                OLD + "\nfifteen-letters",
                "with a blank in between",
                "ümläutsümläutsümläuts"
            })
    void aFileWithoutValidSecretsKeepsThoseBeforeAndIsLoggedOnce(String content) throws IOException {
        write("contoso", OLD);
        TenantSecrets secrets = read();
        write("contoso", content);
        later();
        assertTaken(secrets, OLD);
        later();
        assertTaken(secrets, OLD);
        assertThat(log.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.message())
                        .contains(folder.resolve("contoso").toString())
                        .doesNotContain("fifteen", OLD, "blank in", "ml"));
        write("contoso", NEW);
        later();
        assertTaken(secrets, NEW);
    }

    @Test
    void aFileIsLoggedAgainWhenItIsSpoiltAgain() throws IOException {
        write("contoso", "short");
        TenantSecrets secrets = read();
        write("contoso", OLD);
        later();
        assertTaken(secrets, OLD);
        write("contoso", "short");
        later();
        assertTaken(secrets, OLD);
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void whatIsNoFileOfATenantIsLeftOut() throws IOException {
        Files.createDirectory(folder.resolve("directory"));
        write("conto\u200Bso\u0001", OLD);
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));
        write("large", OLD.repeat(10_000));
        write(".hidden", OLD);
        TenantSecrets secrets = read();
        assertThat(secrets.tenants()).isZero();
        assertThat(secrets.tenant(".hidden", List.of(OLD))).isEmpty();
        assertThat(log.lines())
                .hasSize(4)
                .noneSatisfy(line -> assertThat(line.message()).contains(OLD));
    }

    /// The kubelet replaces the link `..data`, to which all others point.
    @Test
    void aMountedSecretIsFollowed() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("..1")).resolve("contoso"), OLD);
        Files.writeString(Files.createDirectory(folder.resolve("..2")).resolve("contoso"), NEW);
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(folder.resolve("contoso"), Path.of("..data", "contoso"));
        TenantSecrets secrets = read();
        assertTaken(secrets, OLD);
        Files.createSymbolicLink(folder.resolve("..tmp"), Path.of("..2"));
        Files.move(folder.resolve("..tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        later();
        assertTaken(secrets, NEW);
        assertThat(secrets.tenants()).isOne();
    }

    @Test
    void aFolderThatHasGoneKeepsTheSecrets() throws IOException {
        write("contoso", OLD);
        TenantSecrets secrets = read();
        Path away = folder.resolveSibling(folder.getFileName() + "-away");
        Files.move(folder, away);
        later();
        assertTaken(secrets, OLD);
        later();
        assertTaken(secrets, OLD);
        assertThat(log.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.message()).contains(folder.toString()));
        Files.move(away, folder);
        write("contoso", NEW);
        later();
        assertTaken(secrets, NEW);
    }

    @Test
    void aFolderThatCannotBeReadAtFirstIsNamed() {
        assertThatThrownBy(() -> TenantSecrets.read(folder.resolve("missing")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(folder.resolve("missing").toString());
    }

    @Test
    void secretsAreNotPrinted() throws IOException {
        write("contoso", OLD);
        assertThat(read()).hasToString("TenantSecrets[hidden]");
    }

    private TenantSecrets read() {
        return TenantSecrets.read(folder, () -> now, log);
    }

    private void later() {
        now += Duration.ofSeconds(2).toNanos();
    }

    private void write(String tenant, String content) throws IOException {
        Files.writeString(folder.resolve(tenant), content);
    }

    private static void assertTaken(TenantSecrets secrets, String... each) {
        for (String secret : each) {
            assertThat(secrets.tenant("contoso", List.of(secret))).isEqualTo(Optional.of(CONTOSO));
        }
    }
}
