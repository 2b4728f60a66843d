package io.keyward.sandbox.vault;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_ABSENT;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Stores vaults and keys, but no key pairs, in the file `vaults.json` of a folder. Each change replaces the whole
/// file.
final class VaultsFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new Time()))
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .defaultPropertyInclusion(JsonInclude.Value.construct(NON_ABSENT, NON_ABSENT))
            .build();

    private final Path file;

    private record Content(Collection<StoredVault> vaults) {}

    private static final class Time extends JsonDeserializer<Instant> {
        @Override
        public Instant deserialize(JsonParser text, DeserializationContext context) throws IOException {
            return Instant.parse(text.getText());
        }
    }

    VaultsFile(Path folder) {
        file = folder.resolve("vaults.json");
    }

    void write(Collection<StoredVault> vaults) {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            JSON.writeValue(next.toFile(), new Content(vaults));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the key vault's file " + file, failure);
        }
    }

    /// The vaults in the file. Empty if there is no file.
    Collection<StoredVault> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return JSON.readValue(file.toFile(), Content.class).vaults();
        } catch (IOException | RuntimeException failure) {
            throw new IllegalStateException(
                    file + " is not a file of a key vault: restore the file or remove it", failure);
        }
    }
}
