package io.keyward.registry.external;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.keyward.registry.GenuineClasses;
import io.keyward.registry.client.RegistryHealth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests the messages for classes that cannot be used.
class ForeignClassesTest {
    private static final Map<String, String> SETTINGS = Map.of("url", "http://127.0.0.1:1");

    @ParameterizedTest
    @CsvSource({
        "com.example.NoSuchSerde, com.example.NoSuchSerde is not on the classpath; Confluent's own classes come with the Maven profile confluent",
        "java.lang.String, java.lang.String cannot be used as a serde: class java.lang.String"
    })
    void aClassThatCannotServeIsNamed(String className, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExternalSerde.load(className, SETTINGS, new RegistryHealth()))
                .withMessageContaining(message);
    }

    @Test
    void whatTheClassSaysOfItsSettingsIsPassedOn() {
        GenuineClasses.within(() -> assertThatIllegalArgumentException()
                .isThrownBy(() -> ExternalSerde.load(
                        GenuineClasses.SERDE,
                        Map.of("url", "http://127.0.0.1:1", "auto.register.schemas", "perhaps"),
                        new RegistryHealth()))
                .withMessageContainingAll(GenuineClasses.SERDE, "auto.register.schemas", "perhaps"));
    }
}
