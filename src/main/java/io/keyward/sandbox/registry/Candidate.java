package io.keyward.sandbox.registry;

import java.util.Optional;
import org.apache.avro.Schema;

/// A parsed schema from a client. Clients in import mode also give the id and the version.
record Candidate(Schema schema, Content content, Optional<Integer> id, Optional<Integer> version) {}
