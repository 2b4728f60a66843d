package io.keyward.domain.id;

/// Why a record is refused and published as a dead-letter record (docs/contract.md, "Refusal codes"). The names
/// are public.
public enum RefusalCode {
    /// Not Avro in Confluent's wire format, or of a schema that the registry does not have. In the intake: not
    /// JSON.
    UNREADABLE,

    /// Readable, but not of the schema of this topic.
    WRONG_SCHEMA,

    /// A record without a value.
    MISSING_VALUE,

    /// An identifier that is blank, too long, or contains a separator or a control character.
    INVALID_ID,

    /// A field with an invalid value; the detail names it.
    INVALID_FIELD,

    /// Its time is later than the broker's clock allows. If it were accepted, it would override every later fact.
    TIMESTAMP_IN_FUTURE,

    /// Too large to be forwarded completely. The dead-letter record has its coordinates and its beginning.
    TOO_LARGE
}
