package io.keyward.bench.subject;

import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.RegistryHealth;
import io.keyward.registry.client.RegistrySettings;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import java.util.Map;

/// The product's own serde for Confluent's wire format. Every subject uses it.
public final class ValueSerdes {
    private ValueSerdes() {}

    public static ValueSerde of(String registryUrl) {
        return ValueSerde.own(registry(registryUrl), SerializerSettings.DEFAULT);
    }

    public static SchemaRegistry registry(String url) {
        return SchemaRegistry.connect(RegistrySettings.of(Map.of("schema.registry.url", url)), new RegistryHealth());
    }
}
