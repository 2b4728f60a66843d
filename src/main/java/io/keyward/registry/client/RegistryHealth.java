package io.keyward.registry.client;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the registry answers, as the last calls found; says so in the log once at each turn. Safe for many
/// threads.
public final class RegistryHealth {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryHealth.class);

    /// What an outage means for an instance that runs, as a clause.
    public static final String RECORDS_WAIT = "records wait until it does";

    private final AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());
    private volatile String meanwhile = RECORDS_WAIT;
    private final LongAdder failures = new LongAdder();

    /// What keeps the registry from answering; empty when the last call got an answer.
    public Optional<String> problem() {
        return problem.get();
    }

    /// How many attempts have got no answer so far.
    public long failures() {
        return failures.sum();
    }

    /// From now on an outage has this consequence, told as a clause when one begins: [#RECORDS_WAIT]
    /// unless told otherwise.
    public void outageMeans(String consequence) {
        meanwhile = consequence;
    }

    /// An attempt has got no answer.
    public void failed(RegistryUnavailableException failure) {
        failures.increment();
        if (problem.getAndSet(Optional.of(failure.getMessage())).isEmpty()) {
            LOG.warn("Schema registry does not answer; {}: {}", meanwhile, failure.getMessage());
        }
    }

    /// An attempt has got an answer.
    public void answered() {
        if (problem.get().isPresent() && problem.getAndSet(Optional.empty()).isPresent()) {
            LOG.info("Schema registry answers again");
        }
    }
}
