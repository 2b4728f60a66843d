package io.keyward.sandbox.registry;

import java.util.Optional;
import org.apache.avro.Schema;

/// A schema that a client posted, understood; an importing client says which id and version it is to have.
record Candidate(Schema schema, Content content, Optional<Integer> id, Optional<Integer> version) {}
