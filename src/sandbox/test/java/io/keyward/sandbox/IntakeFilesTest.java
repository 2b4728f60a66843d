package io.keyward.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        files.write(List.of(CONTOSO));
        String first = files.secret(CONTOSO);
        files.write(List.of(CONTOSO, FABRIKAM));
        assertThat(files.secret(CONTOSO)).isEqualTo(first).hasSizeGreaterThanOrEqualTo(16);
        assertThat(files.secret(FABRIKAM)).isNotEqualTo(first);
        if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(Files.getPosixFilePermissions(files.secrets().resolve("contoso")))
                    .hasSize(2);
        }
    }
}
