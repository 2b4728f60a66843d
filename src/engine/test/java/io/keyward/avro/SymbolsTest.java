package io.keyward.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.FlowMigration;
import io.keyward.event.EnforcementPhase;
import io.keyward.event.EnvironmentType;
import io.keyward.event.FlowMigrationState;
import io.keyward.event.Lifecycle;
import io.keyward.event.RevocationCause;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

/// Tests that enums are mapped by name, and that a missing constant fails at once.
class SymbolsTest {
    private enum Season {
        SPRING,
        SUMMER,
        AUTUMN
    }

    @Test
    void aConstantStandsWhereTheSchemaHasIt() {
        var symbols = Symbols.stored(Season.class, schema("AUTUMN", "SPRING", "SUMMER"));
        assertThat(symbols.position(Season.AUTUMN)).isZero();
        assertThat(symbols.position(Season.SPRING)).isEqualTo(1);
        assertThat(symbols.position(Season.SUMMER)).isEqualTo(2);
        for (var season : Season.values()) {
            assertThat(symbols.at(symbols.position(season))).isEqualTo(season);
        }
    }

    @Test
    void aConstantThatCannotBeStoredIsNamedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Symbols.stored(Season.class, schema("AUTUMN", "SPRING")))
                .withMessage("test.Season has no symbols for [SUMMER]");
    }

    @Test
    void soIsASymbolThatIsNotAConstant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Symbols.stored(Season.class, schema("SPRING", "SUMMER", "AUTUMN", "WINTER")))
                .withMessageContaining("WINTER");
    }

    @Test
    void aSchemaOfOutputsMayHaveMoreSymbols() {
        var symbols = Symbols.published(Season.class, schema("UNKNOWN", "SUMMER", "SPRING", "AUTUMN"));

        assertThat(symbols.position(Season.AUTUMN)).isEqualTo(3);
        assertThat(symbols.position(Season.SUMMER)).isEqualTo(1);
    }

    @Test
    void everyConstantOfAnOutputNeedsASymbol() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Symbols.published(Season.class, schema("SPRING", "SUMMER", "UNKNOWN")))
                .withMessage("test.Season has no symbols for [AUTUMN]");
    }

    @Test
    void everySymbolOfAnEventIsOneOfTheDomain() {
        assertThat(names(EnvironmentType.values())).isEqualTo(names(io.keyward.domain.event.EnvironmentType.values()));
        assertThat(names(Lifecycle.values())).isEqualTo(names(io.keyward.domain.event.Lifecycle.values()));
        assertThat(names(EnforcementPhase.values())).isEqualTo(names(EnforcementReport.Phase.values()));
        assertThat(names(RevocationCause.values())).isEqualTo(names(io.keyward.domain.event.RevocationCause.values()));
        assertThat(names(FlowMigrationState.values())).isEqualTo(names(FlowMigration.State.values()));
    }

    private static Set<String> names(Enum<?>... constants) {
        return Arrays.stream(constants).map(Enum::name).collect(Collectors.toSet());
    }

    private static Schema schema(String... symbols) {
        return SchemaBuilder.enumeration("Season").namespace("test").symbols(symbols);
    }
}
