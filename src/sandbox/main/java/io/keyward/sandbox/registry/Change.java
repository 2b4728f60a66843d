package io.keyward.sandbox.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keyward.registry.client.CompatibilityLevel;

/// One accepted change, as stored in the journal. Applying all changes in order gives the registry's state.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.Registered.class, name = "registered"),
    @JsonSubTypes.Type(value = Change.LevelSet.class, name = "level-set")
})
@JsonIgnoreProperties(ignoreUnknown = true)
sealed interface Change {
    /// The id and the version follow from the order of the changes.
    record Registered(String subject, Content content) implements Change {}

    record LevelSet(String subject, CompatibilityLevel level) implements Change {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Content(String schema) {}
}
