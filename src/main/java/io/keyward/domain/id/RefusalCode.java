package io.keyward.domain.id;

/// Why a record is refused and goes to the dead letters (docs/contract.md, "Refusal codes"). The names are public.
public enum RefusalCode {
    /// Not Avro in Confluent's wire format, or of a schema the registry definitely does not know.
    UNREADABLE,
    /// Readable, but not the record that this topic carries.
    WRONG_SCHEMA,
    /// A record without a value.
    MISSING_VALUE,
    /// An identifier that is blank, too long, or holds a separator or a control character.
    INVALID_ID,
    /// A field whose value makes no sense; the detail names it.
    INVALID_FIELD,
    /// It claims to have occurred later than the broker's clock allows; accepted, it would beat every later fact.
    TIMESTAMP_IN_FUTURE,
    /// Larger than what can be passed on whole; only its place and its beginning are in the dead letters.
    TOO_LARGE
}
