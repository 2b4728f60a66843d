package io.keyward.testing;

import io.keyward.testing.process.Folders;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/// The folders of all tests. A processor keeps no state in a folder for temporary files.
public final class OutsideTemporaryFolders implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        return Folders.inMemory("keyward-");
    }
}
