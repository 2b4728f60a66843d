package io.keyward.app.config;

import java.util.Optional;
import java.util.regex.Pattern;

/// Which serde reads and writes values.
///
/// @param className of a Kafka serde; empty for Keyward's own
public record SerdeSettings(Optional<String> className) {
    static final String OWN = "keyward";
    public static final String ACCEPTED =
            "keyward, or the class of a Kafka serde for Avro's specific records, such as io.confluent.kafka.streams.serdes.avro.SpecificAvroSerde";

    public static final Setting<SerdeSettings> SERDE =
            Setting.of("keyward.registry.serde", OWN, ACCEPTED, SerdeSettings::parse);

    private static final Pattern CLASS_NAME = Pattern.compile("([a-zA-Z_$][\\w$]*\\.)+[a-zA-Z_$][\\w$]*");

    /// @throws IllegalArgumentException if it is neither `keyward` nor looks like a class
    static SerdeSettings parse(String text) {
        if (text.equals(OWN)) {
            return new SerdeSettings(Optional.empty());
        }
        if (!CLASS_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return new SerdeSettings(Optional.of(text));
    }

    @Override
    public String toString() {
        return className.orElse(OWN);
    }
}
