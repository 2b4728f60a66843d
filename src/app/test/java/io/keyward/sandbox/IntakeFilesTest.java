package io.keyward.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.keyward.domain.id.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeFilesTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final TenantId FABRIKAM = new TenantId("fabrikam");

    @TempDir
    private Path root;

    @Test
    void everyTenantHasASecretOfItsOwnThatStays() throws Exception {
        IntakeFiles files = IntakeFiles.in(SandboxFolder.of(Optional.of(root)));
        files.write(List.of(CONTOSO), "127.0.0.1:9092");
        String first = files.secret(CONTOSO);
        files.write(List.of(CONTOSO, FABRIKAM), "127.0.0.1:9093");
        assertThat(files.secret(CONTOSO)).isEqualTo(first).hasSizeGreaterThanOrEqualTo(16);
        assertThat(files.secret(FABRIKAM)).isNotEqualTo(first);
        if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(Files.getPosixFilePermissions(files.secrets().resolve("contoso")))
                    .hasSize(2);
        }
    }

    @Test
    void theAuditLogIsWhereTheBrokerIsNow() throws Exception {
        IntakeFiles files = IntakeFiles.in(SandboxFolder.of(Optional.of(root)));
        files.write(List.of(CONTOSO), "127.0.0.1:9092");
        files.write(List.of(CONTOSO), "127.0.0.1:9093");
        Properties hub = new Properties();
        try (var reader = Files.newBufferedReader(files.audit().resolve("contoso.properties"))) {
            hub.load(reader);
        }
        assertThat(hub)
                .containsOnly(
                        entry("tenant", "contoso"),
                        entry("topic", "insights-logs-auditevent-contoso"),
                        entry("bootstrap.servers", "127.0.0.1:9093"));
    }
}
