package io.keyward.domain.id;

/// Names a part of a component: a unit that reports separately, such as one storage account. The empty name stands
/// for a component with only one part.
///
/// [#parse] creates the names in events.
public record PartName(String value) implements Comparable<PartName> {
    /// The name of the only part of a component.
    public static final PartName ONLY = new PartName("");

    /// Accepts the name of a part in an event.
    ///
    /// @param field its path in the schema
    /// @throws RefusedException `INVALID_ID` if it is not empty and not a valid id
    public static PartName parse(String field, String name) {
        return name.isEmpty() ? ONLY : new PartName(Identifiers.parse(field, name));
    }

    @Override
    public int compareTo(PartName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
