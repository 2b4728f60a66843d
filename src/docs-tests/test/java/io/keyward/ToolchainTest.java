package io.keyward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The tests run on the JDK that the build selects, whatever `java` on the PATH is.
class ToolchainTest {
    @Test
    void testsRunOnTheLanguageLevelOfTheProduct() {
        assertThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
    }
}
