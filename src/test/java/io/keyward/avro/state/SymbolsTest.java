package io.keyward.avro.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.keyward.avro.EnumMapping;
import java.util.concurrent.TimeUnit;
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

    private enum Half {
        SUMMER,
        SPRING
    }

    @Test
    void aConstantStandsWhereTheSchemaHasIt() {
        var symbols = Symbols.of(Season.class, schema("AUTUMN", "SPRING", "SUMMER"));
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
                .isThrownBy(() -> Symbols.of(Season.class, schema("AUTUMN", "SPRING")))
                .withMessage("test.Season has no symbols for [SUMMER]");
    }

    @Test
    void soIsASymbolThatIsNoConstant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Symbols.of(Season.class, schema("SPRING", "SUMMER", "AUTUMN", "WINTER")))
                .withMessageContaining("WINTER");
    }

    @Test
    void aConstantIsTranslatedToTheOneOfItsName() {
        var names = EnumMapping.of(Half.class, Season.class);
        assertThat(names.of(Half.SPRING)).isEqualTo(Season.SPRING);
        assertThat(names.of(Half.SUMMER)).isEqualTo(Season.SUMMER);
        assertThat(EnumMapping.in(Season.class, Half.SUMMER)).isEqualTo(Season.SUMMER);
    }

    @Test
    void oneThatHasNoneIsNamedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnumMapping.of(Season.class, Half.class))
                .withMessageContaining("AUTUMN");
        assertThatIllegalArgumentException().isThrownBy(() -> EnumMapping.in(Half.class, TimeUnit.DAYS));
    }

    private static Schema schema(String... symbols) {
        return SchemaBuilder.enumeration("Season").namespace("test").symbols(symbols);
    }
}
