package io.keyward.sandbox.registry;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.keyward.registry.client.CompatibilityLevel;

/// One accepted change, as stored in the journal. Applying all changes in order gives the registry's state. An
/// empty subject stands for all subjects.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.Registered.class, name = "registered"),
    @JsonSubTypes.Type(value = Change.Deleted.class, name = "deleted"),
    @JsonSubTypes.Type(value = Change.Purged.class, name = "purged"),
    @JsonSubTypes.Type(value = Change.LevelSet.class, name = "level-set"),
    @JsonSubTypes.Type(value = Change.LevelReset.class, name = "level-reset"),
    @JsonSubTypes.Type(value = Change.ModeSet.class, name = "mode-set"),
    @JsonSubTypes.Type(value = Change.ModeReset.class, name = "mode-reset")
})
sealed interface Change {
    record Registered(String subject, int version, int id, Content content) implements Change {}

    record Deleted(String subject, int version) implements Change {}

    record Purged(String subject, int version) implements Change {}

    record LevelSet(String subject, CompatibilityLevel level) implements Change {}

    record LevelReset(String subject) implements Change {}

    record ModeSet(String subject, Mode mode) implements Change {}

    record ModeReset(String subject) implements Change {}
}
