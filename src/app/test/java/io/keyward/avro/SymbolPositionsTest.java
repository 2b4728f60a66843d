package io.keyward.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.domain.decision.Severity;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class SymbolPositionsTest {
    @Test
    void aConstantHasThePositionOfItsName() {
        var schema = SchemaBuilder.enumeration("S").symbols("UNKNOWN", "CRITICAL", "ERROR", "WARNING", "INFO");
        var positions = SymbolPositions.of(Severity.class, schema);

        assertThat(positions.of(Severity.INFO)).isEqualTo(4);
        assertThat(positions.of(Severity.CRITICAL)).isEqualTo(1);
    }

    @Test
    void everyConstantNeedsASymbol() {
        var schema = SchemaBuilder.enumeration("S").symbols("CRITICAL", "ERROR", "WARNING");

        assertThatThrownBy(() -> SymbolPositions.of(Severity.class, schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("S has no symbols for [INFO]");
    }
}
