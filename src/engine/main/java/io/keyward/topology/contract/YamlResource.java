package io.keyward.topology.contract;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Keyward's own files on the class path, most of them YAML tables.
public final class YamlResource {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private YamlResource() {}

    /// Reads a file on the class path.
    ///
    /// @param type a record whose components are the members of the file
    public static <T> T read(String resource, Class<T> type) {
        try {
            return YAML.readValue(text(resource), type);
        } catch (JacksonException invalid) {
            throw new IllegalStateException(resource + ": " + invalid.getOriginalMessage(), invalid);
        }
    }

    /// A text file on the class path, in UTF-8.
    public static String text(String resource) {
        return new String(bytes(resource), StandardCharsets.UTF_8);
    }

    /// The contents of a file on the class path.
    public static byte[] bytes(String resource) {
        try (InputStream file = YamlResource.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("The build is incomplete: " + resource + " is not on the class path.");
            }
            return file.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
