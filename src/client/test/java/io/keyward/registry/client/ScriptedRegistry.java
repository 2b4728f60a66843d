package io.keyward.registry.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.avro.Schema;

/// A registry that answers each call with the next outcome of a script: a value, or an exception to throw.
public final class ScriptedRegistry implements SchemaRegistry {
    private final Deque<Object> outcomes;
    private int calls;

    public ScriptedRegistry(Object... outcomes) {
        this.outcomes = new ArrayDeque<>(List.of(outcomes));
    }

    int calls() {
        return calls;
    }

    @Override
    public int register(String subject, Schema schema) {
        return (int) next();
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return (int) next();
    }

    @Override
    public Schema schemaOf(SchemaId id) {
        return (Schema) next();
    }

    @Override
    public SchemaVersion latestOf(String subject) {
        return (SchemaVersion) next();
    }

    private Object next() {
        calls++;
        Object outcome = outcomes.remove();
        if (outcome instanceof RuntimeException failure) {
            throw failure;
        }
        return outcome;
    }
}
