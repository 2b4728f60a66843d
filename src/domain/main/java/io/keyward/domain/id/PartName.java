package io.keyward.domain.id;

/// Names a part of a component: what reports on its own, such as one storage account. The empty name stands for a
/// component of one part.
///
/// A [RefusedException] with `INVALID_ID` is thrown if the text is not empty and may not be part of a record key
/// (docs/contract.md, "Identifiers").
public record PartName(String value) implements Comparable<PartName> {
    /// The name of the only part of a component.
    public static final PartName ONLY = new PartName("");

    public PartName {
        if (!value.isEmpty()) {
            Identifiers.requireValid("part", value);
        }
    }

    /// Accepts the name of a part in an event.
    ///
    /// @param field its path in the schema
    /// @throws RefusedException `INVALID_ID` if it is not empty and no valid id
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
