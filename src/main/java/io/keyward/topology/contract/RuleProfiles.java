package io.keyward.topology.contract;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keyward.domain.RuleProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The rule profiles in the product, `profiles/*.yaml` (docs/domain.md, "Rule profiles").
public final class RuleProfiles {
    /// The profile that applies if none is configured.
    public static final String DEFAULT = "2024-07-23";

    private static final List<String> NAMES = List.of(DEFAULT, "2024-07-30", "2024-10-08", "2025-05-21");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private record File(
            List<String> sinks,
            RuleProfile.ExistingFlows existingFlows,
            String flowWarning,
            RuleProfile.Unlock unlock,
            RuleProfile.Expiry expiry,
            RuleProfile.Evidence evidence) {}

    private RuleProfiles() {}

    /// The names of all profiles, oldest first.
    public static List<String> names() {
        return NAMES;
    }

    /// Loads the profile with this name; empty if there is none.
    public static Optional<RuleProfile> named(String name) {
        return NAMES.contains(name) ? Optional.of(load(name)) : Optional.empty();
    }

    private static RuleProfile load(String name) {
        String resource = "/profiles/" + name + ".yaml";
        try (InputStream file = RuleProfiles.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("The build is incomplete: " + resource + " is not on the class path.");
            }
            File read = YAML.readValue(file, File.class);
            return new RuleProfile(
                    name,
                    new TreeSet<>(read.sinks()),
                    read.existingFlows(),
                    read.flowWarning(),
                    read.unlock(),
                    read.expiry(),
                    read.evidence());
        } catch (JacksonException invalid) {
            throw new IllegalStateException(resource + ": " + invalid.getOriginalMessage(), invalid);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
