package io.keyward.testing;

import io.keyward.testing.process.Folders;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Gives a test class a [Cluster]: starts it before all else, in a folder of its own, as the value of the static field
/// of that type, and closes it in the end.
public final class ClusterExtension implements BeforeAllCallback, AfterAllCallback {
    private Path folder;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        folder = Folders.inMemory("keyward-");
        field(context).set(null, Cluster.start(folder));
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Field field = field(context);
        if (field.get(null) instanceof Cluster cluster) {
            cluster.close();
            field.set(null, null);
        }
        Folders.delete(folder);
    }

    private static Field field(ExtensionContext context) {
        Field field = Arrays.stream(context.getRequiredTestClass().getDeclaredFields())
                .filter(declared -> declared.getType() == Cluster.class)
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no static field of the type Cluster"));
        field.setAccessible(true);
        return field;
    }
}
