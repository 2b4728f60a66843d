package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssemblyTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void whatWasMadeLastIsClosedFirst() {
        IllegalStateException failure = new IllegalStateException("no lamp");
        assertThatThrownBy(() -> Assembly.assemble(made -> {
                    made.add("pump", () -> closed.add("pump"));
                    made.add("valve", () -> closed.add("valve"));
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(closed).containsExactly("valve", "pump");
    }

    @Test
    void everyPartIsClosedAndTheFirstFailureStaysTheOneThatIsTold() {
        IllegalStateException first = new IllegalStateException("first");
        Exception second = new Exception("second");
        Error third = new NoClassDefFoundError("third");
        assertThatThrownBy(() -> Assembly.assemble(made -> {
                    made.add("pump", () -> closed.add("pump"));
                    made.add("valve", () -> {
                        throw third;
                    });
                    made.add("lamp", () -> {
                        throw second;
                    });
                    throw first;
                }))
                .isSameAs(first)
                .hasSuppressedException(second)
                .hasSuppressedException(third);
        assertThat(closed).containsExactly("pump");
    }

    @Test
    void whatIsAssembledStaysOpen() {
        assertThat(Assembly.<String>assemble(made -> made.add("pump", () -> closed.add("pump"))))
                .isEqualTo("pump");
        assertThat(closed).isEmpty();
    }
}
