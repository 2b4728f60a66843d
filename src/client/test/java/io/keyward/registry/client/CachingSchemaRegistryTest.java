package io.keyward.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.registry.Ticks;
import java.time.Duration;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class CachingSchemaRegistryTest {
    private final RegistryUnavailableException down = new RegistryUnavailableException("down");
    private final RegistryRefusalException no = new RegistryRefusalException(40403, "no");

    private Duration now = Duration.ZERO;

    private SchemaRegistry caching(SchemaRegistry registry, int answers) {
        return caching(registry, new CacheLimits(Duration.ofSeconds(10), CacheLimits.FOREVER, answers));
    }

    private SchemaRegistry caching(SchemaRegistry registry, CacheLimits limits) {
        return new CachingSchemaRegistry(registry, limits, () -> now.toNanos());
    }

    @Test
    void asksForEachThingOnce() {
        UUID guid = new UUID(0, 1);
        ScriptedRegistry registry = new ScriptedRegistry(1, 2, Ticks.SCHEMA, Ticks.SCHEMA);
        SchemaRegistry caching = caching(registry, 10);

        for (int i = 0; i < 3; i++) {
            assertThat(caching.register("s", Ticks.SCHEMA)).isEqualTo(1);
            assertThat(caching.idOf("s", Ticks.SCHEMA)).isEqualTo(2);
            assertThat(caching.schemaOf(1)).isSameAs(Ticks.SCHEMA);
            assertThat(caching.schemaOf(new SchemaId.Guid(guid))).isSameAs(Ticks.SCHEMA);
        }

        assertThat(registry.calls()).isEqualTo(4);
    }

    @Test
    void tellsApartSchemasThatDifferInDocumentationOnly() {
        SchemaRegistry caching = caching(new ScriptedRegistry(1, 2), 10);
        Schema documented = Ticks.parse(Ticks.SCHEMA.toString().replaceFirst("\\{", "{\"doc\":\"A tick\","));
        assertThat(documented).isEqualTo(Ticks.SCHEMA);

        assertThat(caching.register("s", Ticks.SCHEMA)).isEqualTo(1);
        assertThat(caching.register("s", documented)).isEqualTo(2);
    }

    @Test
    void failuresAreNotRemembered() {
        SchemaRegistry caching = caching(new ScriptedRegistry(down, Ticks.SCHEMA), 10);

        assertThatThrownBy(() -> caching.schemaOf(1)).isSameAs(down);
        assertThat(caching.schemaOf(1)).isSameAs(Ticks.SCHEMA);
    }

    @Test
    void aMissingSchemaIsAskedForAgainAfterAWhile() {
        ScriptedRegistry registry = new ScriptedRegistry(no, Ticks.SCHEMA);
        SchemaRegistry caching = caching(registry, 10);

        assertThatThrownBy(() -> caching.schemaOf(1)).isInstanceOf(RegistryRefusalException.class);
        assertThatThrownBy(() -> caching.schemaOf(1)).isInstanceOf(RegistryRefusalException.class);
        assertThat(registry.calls()).isEqualTo(1);

        now = now.plusSeconds(10);
        assertThat(caching.schemaOf(1)).isSameAs(Ticks.SCHEMA);
    }

    @Test
    void refusedRegistrationsAreNotRemembered() {
        SchemaRegistry caching = caching(new ScriptedRegistry(no, 1), 10);

        assertThatThrownBy(() -> caching.register("s", Ticks.SCHEMA)).isSameAs(no);
        assertThat(caching.register("s", Ticks.SCHEMA)).isEqualTo(1);
    }

    @Test
    void theLatestVersionIsBelievedForAsLongAsIsSaid() {
        SchemaVersion first = new SchemaVersion("s", 1, 1, Ticks.SCHEMA);
        SchemaVersion second = new SchemaVersion("s", 2, 2, Ticks.SCHEMA);
        SchemaRegistry caching = caching(
                new ScriptedRegistry(first, second), new CacheLimits(Duration.ZERO, Duration.ofSeconds(60), 10));

        assertThat(caching.latestOf("s")).isEqualTo(first);
        now = now.plusSeconds(59);
        assertThat(caching.latestOf("s")).isEqualTo(first);
        now = now.plusSeconds(1);
        assertThat(caching.latestOf("s")).isEqualTo(second);
    }

    @Test
    void theLatestVersionIsBelievedForEverUnlessSaidOtherwise() {
        SchemaVersion first = new SchemaVersion("s", 1, 1, Ticks.SCHEMA);
        SchemaRegistry caching = caching(new ScriptedRegistry(first), 10);

        assertThat(caching.latestOf("s")).isEqualTo(first);
        now = Duration.ofDays(100_000);
        assertThat(caching.latestOf("s")).isEqualTo(first);
    }

    @Test
    void keepsNoMoreThanItsBound() {
        ScriptedRegistry registry = new ScriptedRegistry(Ticks.SCHEMA, Ticks.SCHEMA, Ticks.SCHEMA, Ticks.SCHEMA);
        SchemaRegistry caching = caching(registry, 1);

        for (int i = 0; i < 2; i++) {
            caching.schemaOf(1);
            caching.schemaOf(2);
        }

        assertThat(registry.calls()).isGreaterThan(2);
    }
}
