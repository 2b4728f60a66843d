package io.keyward.testing.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// No child outlives its parent.
class ChildJvmTest {
    /// Never ends by itself.
    public static final class Endless {
        private Endless() {}

        /// Waits for ever.
        public static void main(String... arguments) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    @Test
    void aChildEndsWhenItsParentHasBeenKilled() throws Exception {
        Process parent = new ProcessBuilder("sleep", "600").start();
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ChildMain.class.getName(),
                        Long.toString(parent.pid()),
                        Endless.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            parent.destroyForcibly();
            assertThat(child.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(child.exitValue()).isEqualTo(1);
        } finally {
            child.destroyForcibly();
        }
    }
}
