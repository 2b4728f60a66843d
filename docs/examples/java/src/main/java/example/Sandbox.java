package example;

import io.keyward.client.Settings;

/// Where Kafka and the schema registry are: the sandbox's addresses, or what the environment says.
final class Sandbox {
    private Sandbox() {}

    static Settings settings() {
        return Settings.of(
                value("KEYWARD_KAFKA", "127.0.0.1:9092"), value("KEYWARD_REGISTRY", "http://127.0.0.1:8081"));
    }

    private static String value(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }
}
