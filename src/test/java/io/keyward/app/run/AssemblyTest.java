package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssemblyTest {
    private final List<String> closed = new ArrayList<>();
    private final Assembly assembly = new Assembly();

    @Test
    void whatWasMadeLastIsClosedFirst() {
        assembly.add("pump", () -> closed.add("pump"));
        assembly.add("valve", () -> closed.add("valve"));
        assembly.closeAll(new IllegalStateException());
        assertThat(closed).containsExactly("valve", "pump");
    }

    @Test
    void everyPartIsClosedAndTheFirstFailureStaysTheOneThatIsTold() {
        IllegalStateException first = new IllegalStateException("first");
        Exception second = new Exception("second");
        Error third = new NoClassDefFoundError("third");
        assembly.add("pump", () -> closed.add("pump"));
        assembly.add("valve", () -> {
            throw third;
        });
        assembly.add("lamp", () -> {
            throw second;
        });
        assembly.closeAll(first);
        assertThat(closed).containsExactly("pump");
        assertThat(first).hasMessage("first").hasSuppressedException(second).hasSuppressedException(third);
    }

    @Test
    void nothingIsClosedTwice() {
        assembly.add("pump", () -> closed.add("pump"));
        assembly.closeAll(new IllegalStateException());
        assembly.closeAll(new IllegalStateException());
        assertThat(closed).containsExactly("pump");
    }
}
